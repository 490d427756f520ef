/** The words of the choice of a precision, in German. */
import type { PRECISION_WORDS } from './messages.ts';

export const precision: typeof PRECISION_WORDS = {
  title: 'Rechengenauigkeit des Backbones',
  choices: {
    f32: { name: 'Volle Genauigkeit', note: 'float32, wie auf jedem Gerät' },
    f16: { name: 'Halbe Genauigkeit', note: 'Gewichte und MLP-Aktivierungen als float16' },
    auto: { name: 'Was schneller ist', note: 'wird während deiner Studien gemessen' },
  },
  note: 'Gilt ab der nächsten Studie. Halbe Genauigkeit rundet die eingefrorenen Gewichte und was ein Trainingsschritt von jedem MLP aufbewahrt, um höchstens 1 Teil von 2048: halb so viel Speicher für Gewichte, etwa ein Viertel weniger für einen Schritt. Zahlen ändern sich ein wenig, und Ergebnisse sagen es dazu. Was trainiert wird, bleibt in voller Genauigkeit.',
};
