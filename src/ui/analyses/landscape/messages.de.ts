/** The words of the landscape between two seeds in German. */
import { germanCount } from '../../../core/counted.ts';
import { integer } from '../../../core/number-format.ts';
import type { LANDSCAPE_WORDS } from './messages.ts';

export const landscape: typeof LANDSCAPE_WORDS = {
  help: {
    blend:
      'Zwei Adapter aus verschiedenen Seeds werden gemischt: λ = 0 ist der eine, λ = 1 der andere. Bleibt die Genauigkeit auf einer Höhe, liegen beide in einem zusammenhängenden Becken und lassen sich mergen; eine Senke ist eine Barriere.',
    paths:
      'Der Faktorpfad mittelt A und B getrennt, so wie man LoRA-Dateien mergt. Der Produktpfad mittelt die Updates B·A.',
    alignments:
      'Dasselbe Update hat viele Faktoren. Gedreht: Die des zweiten Seeds werden ausgeglichen und auf die des ersten gedreht (orthogonale Prokrustes-Analyse). Bestes P: Sie werden ihnen so nahe gebracht, wie es mit einem invertierbaren P geht, B·P und P⁻¹·A. Beides lässt die Updates und damit den Produktpfad, wie sie sind.',
    lines:
      'Linien sind Mittelwerte über Paare von Seeds, Bänder eine Standardabweichung. Der Verlauf entlang einer Geraden sagt nichts über andere Richtungen.',
  },
  factors: 'Landschaft: Faktoren',
  images: 'Landschaft: Bilder',
  quantity: 'Landschaft: gezeigte Größe',
  alignments: { none: 'Wie sie sind', orthogonal: 'Gedreht', invertible: 'Bestes P' },
  imageSets: { test: 'Test', train: 'Training' },
  glimpse: (step, points, [first, second], images) =>
    `Nach Schritt ${integer(step)}: ${germanCount(points, 'Mischung', 'Mischungen')} zwischen den Seeds ${first} und ${second}, über ${germanCount(images, 'Testbild', 'Testbilder')}. Die ganze Landschaft erscheint an dieser Stelle, wenn das Training fertig ist.`,
  awaited: 'Die Genauigkeit zwischen den Adaptern zweier Seeds erscheint hier nach dem Training.',
  paths: {
    factor: 'Faktorpfad: A und B gemittelt',
    'factor orthogonal': 'Faktorpfad: A und B gemittelt, gedreht',
    'factor invertible': 'Faktorpfad: A und B gemittelt, bestes P',
    product: 'Produktpfad: B·A gemittelt',
  },
  productPath: 'dem Produktpfad',
  shortPaths: {
    factor: 'Faktor',
    'factor orthogonal': 'Faktor, gedreht',
    'factor invertible': 'Faktor, bestes P',
    product: 'Produkt',
  },
  lambda: 'λ, von Seed a (0) bis Seed b (1)',
  lambdaShort: 'λ, von Seed a bis Seed b',
  trainingAxes: { accuracy: 'Trainingsgenauigkeit, %', loss: 'Trainings-Loss, Nats' },
  head: ['Arm', 'Pfad', 'λ', 'Genauigkeit %', 'Std.-Abw.', 'Loss', 'Paare'],
  trainingHead: 'Training %',
  caption: {
    paths: { factor: 'Faktorpfads', product: 'Produktpfads' },
    aligned: { orthogonal: ' nach Drehung der Faktoren', invertible: ' mit dem besten P für die Faktoren' },
    midpoint: (path, gains, over) => `In der Mitte des ${path}: ${gains} (${over})`,
    barriers: (points, arms, values) =>
      `${arms > 1 ? 'Barrieren' : 'Barriere'} ${points} Punkte (das Größte aus ${germanCount(values, 'Wert', 'Werten')} von λ)`,
    onTraining: (images, points) => `auf ${germanCount(images, 'Trainingsbild', 'Trainingsbildern')} ${points}`,
  },
};
