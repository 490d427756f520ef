/** Names of compute devices. Results and what is remembered of a device keep them in English, whoever reads them. */
import { HEADER_WORDS } from './header/messages.ts';

/** The name in the language of the page: "WebAssembly SIMD, 2 threads". */
export const deviceName = (device: string): string =>
  device
    .replace('plain SIMD', HEADER_WORDS.plainSimd)
    .replace(/(\d+) threads?$/, (_, threads: string) => HEADER_WORDS.threads(Number(threads)));
