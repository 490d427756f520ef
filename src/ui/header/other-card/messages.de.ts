/** The words about the other graphics card in German. */
import type { OTHER_CARD_WORDS } from './messages.ts';

export const otherCard: typeof OTHER_CARD_WORDS = {
  Windows:
    'Das ist vielleicht die kleinere von zwei Grafikkarten. Für die andere stelle in den Windows-Einstellungen unter System → Bildschirm → Grafik → dein Browser „Hohe Leistung“ ein und starte den Browser neu.',
  Linux:
    'Das ist vielleicht die kleinere von zwei Grafikkarten. Für die andere starte den Browser mit „Mit dedizierter Grafikkarte starten“.',
};
