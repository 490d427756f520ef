/** What people read about the device that computes, in German. */
import { integer } from '../core/number-format.ts';
import type { ENGINE_NOTICES } from './words.ts';

const ANSWERS = {
  logits: 'die Logits',
  losses: 'die Losses',
  'gradient norms': 'die Normen der Gradienten',
  gradients: 'die Gradienten',
};

const comma = (number: string): string => number.replace('.', ',');

export const engine: typeof ENGINE_NOTICES = {
  noAdapter:
    'Dieser Browser bietet keinen WebGPU-Adapter. Chrome und Edge haben WebGPU, wo die Hardwarebeschleunigung eingeschaltet ist.',
  emulated: 'WebGPU wird hier nur emuliert, vom Prozessor, der ohne WebGPU schneller ist.',
  untrusted: (card) =>
    `Von WebGPU auf ${card} ist bekannt, dass es manchmal falsch rechnet, deshalb bleibt es weg. Wähle WebGPU, um es trotzdem zu versuchen.`,
  notBack: (card) =>
    `Als WebGPU auf ${card} zuletzt versucht wurde, endete die Seite, oder die Verbindung zur Karte ging verloren, deshalb bleibt es weg. Wähle WebGPU, um es wieder zu versuchen.`,
  failed: (device, why) => `${device}: ${why}`,
  wasmKernels: 'WebAssembly-Kernels',
  plainScript: 'Reines JavaScript',
  noneComputes: (failures) =>
    `Hier rechnet kein Gerät: Schließe andere Tabs und Programme und lade diese Seite neu. Wenn das nichts ändert, nimm die neueste Version dieses Browsers oder einen anderen. ${failures.join(' ')}`,
  measured: (wasm, gpu) =>
    `Gemessen je Trainingsschritt von vier kleinen Läufen: WebAssembly ${integer(wasm)} ms, WebGPU ${integer(gpu)} ms; das schnellere wird verwendet.`,
  fasterHere: (device) => `${device} berechnet diese Studie: Das ist bei den Größen dieses Backbones schneller.`,
  begunHere: (device) => `${device} berechnet diese Studie: Sie wurde auf einem solchen Gerät begonnen.`,
  noWebgpu: 'WebGPU ist in diesem Browser nicht verfügbar.',
  noAnswer: 'WebGPU ist verfügbar, aber kein Grafikadapter hat geantwortet.',
  threadFailed: (thread, why) => `Rechenthread ${thread} ließ sich nicht starten: „${why}“`,
  kernelsStopped:
    'Die Kernels rechnen nicht mehr, oder ein Rechenthread antwortet nicht. Wird die Seite neu geladen, beginnen sie neu.',
  noSharedMemory: 'Es ließ sich kein gemeinsamer Speicher reservieren.',

  selfTestFailed: (device, why) => `${device} hat den Selbsttest nicht bestanden: ${why}`,
  selfTestDiffers: (device, error) =>
    `${device} hat den Selbsttest nicht bestanden: Die Gradienten weichen um ${comma(error)} von der Referenz ab.`,
  doesNotRepeat: (device) =>
    `${device} kommt auf andere Zahlen, wenn es dasselbe noch einmal rechnet, deshalb ist keinem Ergebnis davon zu trauen. Wähle ein anderes Gerät für die Berechnung und aktualisiere den Treiber der Grafikkarte.`,
  shapesDiffer: (device, { heads, width, tokens }, what, error) =>
    `${device} rechnet mit diesem Backbone falsch: In seinen Formen (${heads} Attention-Köpfe, Breite ${width}, ${tokens} Tokens) weichen ${ANSWERS[what]} um ${comma(error)} von der Referenz ab. Wähle ein anderes Gerät für die Berechnung.`,

  noHalves: (device) => `${device} hält nichts in halber Genauigkeit. Wähle WebGPU oder volle Genauigkeit.`,
  lost: (why) => `Die Verbindung zur GPU ging verloren („${why}“).`,
  noReason: 'ohne Angabe von Gründen',
  silent: (seconds) => `keine Antwort seit ${integer(seconds)} Sekunden`,
  reopens: (lost) => `${lost} Sie wird neu geöffnet.`,
  recovered: (lost) => `${lost} Sie wurde neu geöffnet, und die Studie geht weiter, wo sie war.`,
  recoveredElsewhere: (lost, before, now, emulated) =>
    `${lost} Die Studie geht auf einem anderen Gerät weiter, auf ${now} statt auf ${before}: Ihre Zahlen stimmen mit einem Lauf ohne Unterbrechung bis auf Rundung überein, nicht Bit für Bit.${
      emulated ? ' Dieses Gerät ist nur emuliert: WebAssembly ist schneller.' : ''
    }`,
  usualForms:
    'Die GPU ging zweimal mit den Kernelformen verloren, die auf ihr am schnellsten waren. Von hier an haben die Kernels ihre üblichen Formen, sodass die Zahlen mit einem Lauf ohne Unterbrechung bis auf Rundung übereinstimmen.',
  waits: (lost) =>
    `${lost} Kein Grafikadapter antwortet. Bis zu zwei Minuten lang wird erneut nach einem gefragt. Um ohne ihn weiterzumachen, wähle WebAssembly als Rechengerät; eine laufende Studie muss zuvor beendet werden.`,
  noReturn: (lost) =>
    `${lost} Seit zwei Minuten hat kein Grafikadapter geantwortet. Schließe andere Programme, die die GPU verwenden, oder wähle WebAssembly.`,
  lostOften: (times) =>
    `Die GPU ging ${times}-mal verloren. Schließe andere Programme, die sie verwenden, oder wähle WebAssembly.`,
  noRoom: 'Die neu geöffnete GPU hat keinen Platz für die Trainingsbilder.',
  gpuFull: (why) =>
    `Die GPU hat keinen Speicher mehr („${why}“). Schließe andere Programme, die sie nutzen, oder wähle ein kleineres Backbone, einen kleineren Batch oder weniger Läufe.`,
  repeated:
    'Die GPU hatte keinen Speicher mehr für einen Trainingsschritt. Was in Reserve lag, wurde zurückgegeben, und die letzten Schritte wurden wiederholt.',
  cutSmaller: (rounds) =>
    `Die GPU hatte keinen Speicher mehr für einen Trainingsschritt. Die letzten Schritte wurden wiederholt, und von hier an rechnen die Schritte mit weniger auf einmal: Das kostet Zeit und ${
      rounds ? 'ändert die Ergebnisse nur durch Rundung' : 'ändert kein Ergebnis'
    }.`,
  gpuRefused: (why) => `Die GPU lehnte einen Befehl ab: „${why}“`,
  dropped: 'Die GPU ließ Arbeit liegen, ohne zu sagen, warum.',
  refusedTogether: 'Die GPU lehnte Arbeit ab, mit der zusammen dieses Ergebnis berechnet wurde.',
  full: (needed, taken) =>
    `Der Speicher zum Rechnen reicht nicht: ${comma(needed)} MiB fehlen noch, und ${comma(taken)} MiB sind ` +
    'belegt. Nimm einen kleineren Batch, weniger Arme oder Seeds oder ein kleineres Backbone.',
};
