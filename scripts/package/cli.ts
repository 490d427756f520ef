#!/usr/bin/env node
/** The installed command: `copra-playground study | analyse | adapters | serve`. Every command is the script of that name, loaded when it is called. */
import { APP_VERSION } from '../../src/core/version.ts';
import { endWith, UsageError } from '../options.mjs';

const COMMANDS: Readonly<Record<string, { readonly about: string; readonly load: () => Promise<unknown> }>> = {
  study: { about: 'runs a study or a map, on bundled or own images', load: () => import('../study.ts') },
  analyse: { about: 'tests and analyses PEFT adapters without training', load: () => import('../analyse.ts') },
  adapters: { about: 'merges PEFT adapters, or writes one in other names', load: () => import('../adapters.ts') },
  serve: { about: 'serves the page on this machine', load: () => import('./serve-page.ts') },
};

const USAGE = `CopRA Playground ${APP_VERSION}

Usage: copra-playground COMMAND [options]

${Object.entries(COMMANDS)
  .map(([name, { about }]) => `  ${name.padEnd(10)}${about}`)
  .join('\n')}

copra-playground COMMAND --help lists its options.`;

const [name = '--help'] = process.argv.splice(2, 1);
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : null;
if (command) await command.load();
else if (name === '--help' || name === 'help') console.log(USAGE);
else if (name === '--version') console.log(APP_VERSION);
else endWith(new UsageError(`There is no command "${name}".\n\n${USAGE}`));
