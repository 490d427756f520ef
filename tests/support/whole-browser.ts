/** How to start the whole Chromium, for what its headless shell lacks. */
import { findBrowser } from '../../scripts/browser.mjs';
import { CHROMIUM_FLAGS } from '../../scripts/chromium-flags.ts';

const browser = await findBrowser();

export const WHOLE_BROWSER = { ...(browser ? { executablePath: browser } : {}), args: CHROMIUM_FLAGS };

/** With a camera that shows a moving picture. */
export const WITH_CAMERA = { ...WHOLE_BROWSER, args: [...CHROMIUM_FLAGS, '--use-fake-device-for-media-stream'] };
