import { describe, expect, it } from 'vitest';
import { browserName, systemName } from './place.ts';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

describe('names', () => {
  it.each([
    [CHROME, 'Chromium 150', 'Linux'],
    [CHROME.replace('Chrome', 'HeadlessChrome'), 'Chromium 150', 'Linux'],
    [`${CHROME} Edg/151.0.0.0`.replace('X11; Linux x86_64', 'Windows NT 10.0; Win64; x64'), 'Edge 151', 'Windows'],
    [CHROME.replace('X11; Linux x86_64', 'Linux; Android 10; K'), 'Chromium 150', 'Android'],
    ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:152.0) Gecko/20100101 Firefox/152.0', 'Firefox 152', 'macOS'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Mobile/15E148 Safari/604.1',
      'Safari 26.0',
      'iOS',
    ],
    ['node', 'node', ''],
  ])('of %s', (userAgent, browser, system) => {
    expect(browserName(userAgent)).toBe(browser);
    expect(systemName(userAgent)).toBe(system);
  });
});
