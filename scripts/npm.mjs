/** How npm is started: on Windows it is a script of a shell, which would split arguments where they have a space. */
export const NPM = { program: 'npm', shell: process.platform === 'win32' };
