/** Messages of figures that say what is seen in them, in German. */
import type { SEEN } from './seen.ts';

export const seen: typeof SEEN = {
  layerSets: 'Was übrig ist, wenn nur einige Schichten an sind: die ersten, die letzten, die besten oder irgendwelche.',
  evolution: 'Wie viel die Schichten nahe der Ausgabe im Lauf des Trainings beitragen.',
  merging: 'Aus allen Seeds eines Arms wird ein Adapter, auf jede Art des Mergens.',
  plane: 'Ein Schnitt durch drei Adapter, mit den Wegen, auf denen das Training zu ihnen kam.',
  points: 'Jeder Punkt ist ein Adapter; was nahe beieinander liegt, hat die Gewichte ähnlich verändert.',
  factorPoints:
    'Jeder Punkt ist ein Adapter; was nahe beieinander liegt, hat ähnliche Faktoren, wie die Adapter eines Seeds von Anfang an.',
  attendance: 'Welche Geräte rechtzeitig geantwortet haben, Runde für Runde.',
  partition: 'Jeder Client hat seine eigene Mischung von Klassen.',
  spectra: 'Auf wie viele Richtungen sich das Update einer Schicht verteilt.',
  sweep: 'Dieselbe Studie mit jedem Wert einer Einstellung.',
  map: 'Jede Zelle ist eine eigene Studie; ihre Farbe sagt, welcher Arm dort besser ist.',
  classroom: 'Jede Spalte ist die Studie einer Datei, jeder Punkt ein Seed oder ein Seed-Paar.',
  pictures: 'Wer welche Testbilder richtig hat, und welche unterwegs verloren gehen.',
  pathPictures: 'Welche Bilder auf dem Weg von einem Seed zum anderen falsch oder richtig werden.',
  classPaths: 'Auf dem Weg von einem Seed zum anderen verlieren Klassen verschieden viel.',
  picturePath: 'Wie sicher sich die Mischung zweier Adapter bei diesem Bild ist.',
  imageLayers: 'Verschiedene Bilder brauchen verschiedene Schichten.',
  classes: 'Manche Klassen sind schwerer als andere.',
  estimators: 'Geschätzte Shapley-Werte nähern sich den exakten, je mehr Koalitionen ausprobiert werden.',
};
