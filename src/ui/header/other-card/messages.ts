/** The words about the graphics card that does not compute. */
import { catalogue } from '../../../core/language/catalogue.ts';

export const OTHER_CARD_WORDS = catalogue('otherCard', {
  Windows:
    'This may be the smaller of two graphics cards. For the other one, set Windows Settings → System → Display → Graphics → your browser to High performance, and restart the browser.',
  Linux:
    'This may be the smaller of two graphics cards. For the other one, start the browser with “Launch using Discrete Graphics Card”.',
});
