import { expect, it } from 'vitest';
import { OTHER_CARD_WORDS } from './messages.ts';
import { otherCardHint } from './other-card.ts';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/151.0.0.0 Safari/537.36';
const LINUX = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/151.0.0.0 Safari/537.36';
const MAC = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/151.0.0.0 Safari/537.36';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/151.0.0.0 Mobile Safari/537.36';

const cardOf = (vendor: string, architecture: string, name = `${vendor} ${architecture}`) => ({
  vendor,
  architecture,
  name,
});
const UHD = cardOf('intel', 'gen-12lp');

it('how the other card is chosen is told on Windows and Linux, whose browsers take the small one', () => {
  expect(otherCardHint(UHD, WINDOWS)).toBe(OTHER_CARD_WORDS.Windows);
  expect(otherCardHint(UHD, LINUX)).toBe(OTHER_CARD_WORDS.Linux);
  for (const userAgent of [MAC, ANDROID]) expect(otherCardHint(UHD, userAgent)).toBeNull();
});

it.each([
  [UHD, true],
  [cardOf('intel', 'xe-lpg', 'Intel(R) Arc(TM) Graphics'), true],
  [cardOf('intel', 'gen-12hp', 'Intel(R) Arc(TM) A770 Graphics'), false],
  [cardOf('amd', 'rdna-3'), true],
  [cardOf('amd', 'gcn-5', 'AMD Radeon(TM) Graphics'), true],
  [cardOf('amd', 'rdna-3', 'AMD Radeon 780M'), true],
  [cardOf('amd', 'rdna-2', 'AMD Radeon RX 6800 (RADV NAVI21)'), false],
  [cardOf('nvidia', 'ampere'), false],
])('it is told of cards that may be part of the processor: %j', (gpu, isTold) => {
  expect(otherCardHint(gpu, WINDOWS) !== null).toBe(isTold);
});
