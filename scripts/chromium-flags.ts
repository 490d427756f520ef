/** Flags that disable Chromium's background activity, and the parts of its own interface that cost as much as our page. */

/**
 * What Playwright disables. Chromium reads the last --disable-features only, so ours repeats these.
 * tests/unit/chromium-flags.test.ts holds the list against the installed Playwright.
 */
export const DISABLED_BY_PLAYWRIGHT = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
];

/** The list below the address bar is a page of 150 files in a process of its own, which every new window loads, also where nobody sees it. */
export const ADDRESS_BAR_PAGES = ['WebUIOmniboxPopup', 'WebUIOmniboxFullPopup', 'WebUIOmniboxAimPopup'];

export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // The headless shell fits letters to pixels where the browser with a window does not, and texts get other widths.
  '--font-render-hinting=none',
  `--disable-features=${[...DISABLED_BY_PLAYWRIGHT, ...ADDRESS_BAR_PAGES].join(',')}`,
];

/**
 * Pages of browser tests live for seconds, and both cores are busy: V8's own threads, which compile and collect ahead of need, take a tenth of the
 * processor time and bring nothing forward. A heap that begins large is seldom collected before its page is gone: a fifth of the time to open one. What is
 * measured has V8 as it is.
 */
export const SHORT_LIVED_FLAGS = ['--js-flags=--single-threaded --min-semi-space-size=32 --initial-old-space-size=256'];

/** WebGPU on the CPU, for tests that do not depend on the adapter's speed. */
export const WEBGPU_FLAGS = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];
