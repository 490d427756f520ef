/** The words of the figure of planes in German. */
import { presets } from '../../../study/presets/messages.de.ts';
import type { PLANE_WORDS } from './messages.ts';

export const plane: typeof PLANE_WORDS = {
  message: 'Ein Schnitt durch drei Adapter, mit den Wegen, auf denen das Training zu ihnen kam.',
  help: [
    'Alle Mischungen von drei Adaptern eines Arms und was um sie herum liegt: eine Ebene im Raum aller A und B. Bei zwei Seeds ist der dritte Punkt das Backbone, also der Adapter, der null ist; bei einem Backbone, dessen Klassifikator trainiert wird, ist auch der null und rät. Liegen alle drei in einem hellen Gebiet, sind Seeds in mehr Richtungen verbunden als auf den Geraden zwischen ihnen.',
    'Linien sind die Wege, die das Training genommen hat, auf die Ebene projiziert: vom hohlen Startpunkt zum großen, trainierten Adapter. Der größte Teil eines solchen Weges steht senkrecht auf der Ebene; die Farbe unter einer Linie ist also nicht das, was der Lauf dort hatte.',
    'Alle Felder haben dieselbe Skala; der Loss ist bei dem Wert gekappt, unter dem neun von zehn Punkten bleiben. Eine Ebene je Arm ist ein Bild, keine Statistik.',
  ],
  quantityShown: 'Ebene: gezeigte Größe',
  awaited: 'Die Genauigkeit auf der Ebene durch drei Adapter erscheint hier Zeile für Zeile nach dem Training.',
  off: `Schalte „Ebene“ unter „Analysen“ ein oder wähle die Vorlage „${presets.called('Geometry')}“, um die Umgebung von drei Adaptern zu sehen.`,
  grid: (columns, rows) => `${columns} × ${rows} Punkte je Ebene`,
  firstThree: 'Die ersten drei Adapter',
  backbone: 'Backbone',
  zero: 'Adapter und Klassifikator null',
  seed: (seed) => `Seed ${seed}`,
  accuracy: (value) => `${value} %`,
  loss: (value) => `${value} Nats`,
  onWay: (seed, step, distance) =>
    `Seed ${seed}, ${step === null ? 'trainiert' : `Schritt ${step}`}, Abstand zur Ebene ${distance}`,
  distance: 'Abstand zwischen den Faktoren A und B',
  accuracyScale: 'Genauigkeit, %',
  lossScale: 'Loss, Nats',
  trained: 'trainiert',
  head: ['Ebene', 'Seed', 'Schritt', 'x', 'y', 'Abstand zur Ebene'],
  caption: {
    levels: (name, corners, middle, isFirst) =>
      isFirst
        ? `${name} ${corners} an den Adaptern, ${middle} im Mittelpunkt des Dreiecks, am Gitter abgelesen`
        : `${name} ${corners} und ${middle}`,
    grid: (arms, over) => `${arms} (eine Ebene je Arm, ${over})`,
    offPlane: (shares) =>
      `das Training begann um ${shares} seiner Weglänge neben der Ebene, seine Linien sind also Projektionen`,
  },
};
