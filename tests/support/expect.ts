/**
 * Playwright's `expect`, which waits for an element first where it needs one. While there is none, Playwright's own assertions describe the whole page at every
 * look, for a message that nobody reads when the element comes: a sixth of all that the page's main thread did in these tests.
 */
import { expect as playwrights, type Locator } from '@playwright/test';

type Options = { readonly timeout?: number } | undefined;
type Assertion = (...given: readonly unknown[]) => Promise<void>;

/** What locators wait for by themselves, and what an assertion on the contrary waits for. */
const STATES = {
  toBeVisible: ['visible', 'hidden'],
  toBeHidden: ['hidden', 'visible'],
  toBeAttached: ['attached', 'detached'],
} as const;

/** Assertions of one element, which say nothing before it is there. */
const OF_AN_ELEMENT = new Set([
  'toBeChecked',
  'toBeDisabled',
  'toBeEnabled',
  'toBeFocused',
  'toBeInViewport',
  'toContainText',
  'toHaveAccessibleDescription',
  'toHaveAccessibleName',
  'toHaveAttribute',
  'toHaveText',
  'toHaveValue',
]);

const isState = (name: PropertyKey): name is keyof typeof STATES => name in STATES;
const isLocator = (value: unknown): value is Locator =>
  typeof value === 'object' && value !== null && 'waitFor' in value && typeof value.waitFor === 'function';

function patient<T extends object>(locator: Locator, assertions: T, contrary: boolean): T {
  return new Proxy(assertions, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name);
      if (name === 'not') return patient(locator, own as object, !contrary);
      if (isState(name))
        return (options: Options) => locator.waitFor({ ...options, state: STATES[name][contrary ? 1 : 0] });
      if (!OF_AN_ELEMENT.has(String(name))) return own;
      return async (...given: readonly unknown[]) => {
        // Several elements are compared with a list, and the last parameter of all of these are options.
        const { timeout } = (given.findLast((value) => typeof value === 'object') as Options) ?? {};
        await locator.first().waitFor({ state: 'attached', ...(timeout !== undefined && { timeout }) });
        await (own as Assertion).apply(target, [...given]);
      };
    },
  });
}

export const expect = new Proxy(playwrights, {
  apply(target, self, given: unknown[]) {
    const assertions = Reflect.apply(target, self, given) as object;
    return isLocator(given[0]) ? patient(given[0], assertions, false) : assertions;
  },
});
