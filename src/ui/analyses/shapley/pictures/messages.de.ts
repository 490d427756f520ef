/** The words of the figure of layers and pictures in German. */
import { germanCount } from '../../../../core/counted.ts';
import type { IMAGE_LAYERS_WORDS } from './messages.ts';

export const imageLayers: typeof IMAGE_LAYERS_WORDS = {
  message: 'Verschiedene Bilder brauchen verschiedene Schichten.',
  help: (areAll) => [
    `Eine Zeile ist ein Testbild, eine Spalte eine Schicht: was die Schicht zu diesem Bild beiträgt, im Mittel über alle Reihenfolgen, in denen Schichten eingeschaltet werden können, und über die Seeds des Arms. ${areAll ? 'Das Mittel der Zeilen ist der Shapley-Wert der Schicht.' : 'Dieses Ergebnis enthält nur einige Bilder jeder Art: Das Mittel der Zeilen ist nicht der Shapley-Wert der Schicht.'}`,
    'Die Bilder sind nach der Schicht geordnet, die am meisten zu ihnen beiträgt. Gruppen aus wenigen Bildern sind ebenso Zufall wie Bedeutung. Wähle eine Klasse, um die Schichten nur an ihren Bildern abzulesen.',
  ],
  ofAll: 'den Bildern',
  ofClass: (name) => `„${name}“`,
  armShown: 'Schichten und Bilder von',
  classShown: 'Schichten und Bilder: Klasse',
  quantityShown: 'Schichten und Bilder: gezeigte Größe',
  anyClass: 'Alle Klassen',
  empty: 'Das Ergebnis hat keine Werte zu Bildern dieser Klasse.',
  helped: (helped, all, least) =>
    `${helped} von ${germanCount(all, 'Bild', 'Bildern')} ${helped === 1 ? 'profitiert' : 'profitieren'} von irgendeiner Schicht, um ${least} oder mehr. Jedes steht unten bei der Schicht, die am meisten zu ihm beiträgt.`,
  layer: (layer) => `Schicht ${layer}`,
  group: (layer, pictures) => `Schicht ${layer}: ${germanCount(pictures, 'Bild', 'Bilder')}`,
  tiles: (layer) => `Bilder der Schicht ${layer}; jedes lässt sich groß öffnen`,
  picture: (number) => `Bild ${number}`,
  tile: (picture, value, unit, layer) => `${picture}: ${value} ${unit} durch Schicht ${layer}`,
  units: { accuracy: 'Punkte', loss: 'Nats' },
  cell: (picture, layer, value, unit) => `${picture}: Schicht ${layer}, ${value} ${unit}`,
  pictureNumber: (number) => `Bild ${number}`,
  rows: 'Bilder, nach Schicht',
  pictureHead: 'Bild',
  classHead: 'Wahre Klasse',
  layerHead: (layer, unit) => `Schicht ${layer}, ${unit}`,
  caption: {
    thisPicture: 'diesem Bild',
    kept: (pictures, ofClass) =>
      `${germanCount(pictures, 'Bild', 'Bilder')}${ofClass === null ? '' : ` von ${ofClass}`} ${pictures === 1 ? 'ist' : 'sind'} gespeichert${ofClass === null ? ', von jeder Art einige' : ''}, deshalb sind ihre Mittel nicht die aller`,
    most: (name, what, layers) => `${name}: der größte Beitrag zu ${what} kommt von ${layers}`,
    none: (name) => `${name}: keine Schicht hilft`,
    accuracy: (seeds) => `Punkte: 100 machen aus einem falschen Bild ein richtiges; ${seeds}`,
    loss: (seeds) => `gesparter Loss in Nats; ${seeds}`,
  },
};
