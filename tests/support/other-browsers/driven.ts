/** A browser that Playwright does not drive, with the little that a journey needs of it. */
export interface Driven {
  goTo(address: string): Promise<void>;
  reload(): Promise<void>;
  /** Presses, as a person does, what has this role and a name that begins so. */
  press(role: string, name: string): Promise<void>;
  /** What an expression in the page gives, a promise awaited; JSON. @param expression JavaScript */
  evaluate<T>(expression: string): Promise<T>;
  /** The page on paper, as PDF; absent where the browser's driver does not print. */
  print?(): Promise<Uint8Array>;
  /** What the page complained about: errors on the console, as far as the browser tells them. */
  readonly complaints: string[];
  close(): Promise<void>;
}

/** JavaScript of an element with this role and a name that begins so, or null; the last one counts: dialogs stand at the end of a page. */
export const elementOf = (role: string, name: string): string =>
  `(Array.from(document.querySelectorAll(${JSON.stringify(`[role="${role}"],${role === 'button' ? 'button' : role}`)}))
    .filter((e) => (e.getAttribute('aria-label') ?? e.textContent).trim().startsWith(${JSON.stringify(name)}) && e.checkVisibility())
    .at(-1) ?? null)`;

/** Whether the page shows this text. */
export const showsText = (text: string): string => `document.body.innerText.includes(${JSON.stringify(text)})`;
