/** Names of repositories on a hub, which may also be paths that were mistyped. */
import { existsSync, statSync } from 'node:fs';

/**
 * Says that what is no place here is looked for on a hub. Addresses and names with a revision are no paths.
 * @throws Error where its first part is a folder here, in which something else was meant
 */
export function lookOnHub(name: string): void {
  if (/^https?:\/\//i.test(name) || name.includes('@')) return;
  const [first] = name.split('/');
  if (existsSync(first) && statSync(first).isDirectory())
    throw new Error(
      `There is no file or folder "${name}" here, though there is a folder "${first}". If a repository of the hub is meant, give its address (https://…).`,
    );
  console.warn(`There is no file or folder "${name}" here; looking for it on the hub.`);
}

/** What a page says otherwise, for the words of what is fetched. */
export const IN_TERMINAL = { again: 'Run the command again.', offline: 'You may be offline.' };
