/** What people read when an analysis leaves something out or does not fit a study, in German. */
import { germanCount } from '../../core/counted.ts';
import { compact, integer } from '../../core/number-format.ts';
import type { ANALYSIS_NOTICES } from './words.ts';

export const studyAnalyses: typeof ANALYSIS_NOTICES = {
  lowRank: {
    spectra: 'den Spektren der Updates',
    pruning: 'dem Pruning der Einträge von ΔW',
    merging: 'dem Mergen',
    product: 'dem Produktpfad',
    scaled: 'der Skalierung der Updates',
    geometry: 'den Abständen zwischen Adaptern',
    multitask: 'dem Mergen über Aufgaben hinweg',
    federated: 'den Fehlern der Aggregation',
  },
  nothingToMerge: 'Zum Mergen braucht es mindestens zwei Läufe eines Arms: Hier gibt es nichts zu mergen.',
  planeOfTwo: 'Für eine Ebene braucht es mindestens zwei Läufe eines Arms.',
  noPlane: 'Drei Adapter liegen auf einer Geraden: Durch sie geht keine eindeutige Ebene.',
  domainLeftOut: (domain, images, least) =>
    `${domain} fehlt bei den anderen Domänen: Es gibt dort nur ${germanCount(images, 'Testbild', 'Testbilder')} dieser Klassen, nötig sind ${integer(least)}.`,
  noDomainFits: (task, chosen, fitting) =>
    `Keine der gewählten anderen Domänen (${chosen}) passt zur Aufgabe „${task}“. Wähle eine von diesen: ${fitting}.`,
  otherDomains: (before, now) =>
    `Seeds werden auf denselben Bildern hinzugefügt: Außer auf ihrer eigenen Domäne wurde die Studie auf ${before} getestet, jetzt wäre es ${now}. Stelle die anderen Domänen wieder her oder führe die Studie neu aus.`,
  tasksNeedNames:
    'Das Mergen über Aufgaben hinweg entfällt: Es braucht ein Backbone, das Klassennamen liest, denn Klassifikatoren verschiedener Aufgaben lassen sich nicht mergen.',
  taskDiverged: (arm, seed) =>
    `${arm}, Seed ${seed}, fehlt beim Mergen über Aufgaben hinweg: Auf einer davon ist das Training divergiert.`,
  twoTasks: 'Zum Mergen über Aufgaben hinweg braucht es mindestens zwei Aufgaben.',
  taskTwice: 'Eine Aufgabe kommt doppelt vor.',
  tooManyParts: (classes, tasks, least) =>
    `Aus ${germanCount(classes, 'Klasse', 'Klassen')} lassen sich nicht ${germanCount(tasks, 'Aufgabe', 'Aufgaben')} mit je mindestens ${least} Klassen bilden. Wähle weniger Teile oder benenne die Klassen nach dem Muster „Teil/Klasse“.`,
  noImages: (task) => `Der Aufgabe „${task}“ fehlen Trainings- oder Testbilder.`,
  clientDiverged: (arm, seed, round, rule, rate) =>
    `${arm}, Seed ${seed}, ist unter ${rule} in Runde ${round} divergiert: Der Adapter eines Clients, oder was aus ihm gebildet wird, enthält Zahlen, die nicht mehr endlich sind. Diese Runden enden, alle anderen gehen weiter. Verringere die Lernrate von ${arm} (jetzt ${compact(rate)}).`,
  notOfClients: (arms, count) =>
    `${arms} ${count > 1 ? 'fehlen' : 'fehlt'} beim föderierten Training: Eine Föderation endet mit dem, was ihre letzte Runde ergab, und nimmt keinen anderen Adapter.`,
  fewImages: (seed, least) =>
    `Seed ${seed}: Einige Clients haben weniger als ${least} Trainingsbilder; keine Ziehung der Aufteilung gab allen mehr.`,
  ruleWithDora: (rule, arm, others) =>
    `Die föderierte Regel ${rule} braucht Updates von niedrigem Rang. Die von „${arm}“ sind das nicht, denn es ist ein DoRA-Arm. Wähle nur ${others} oder schalte DoRA aus.`,
  classroom: {
    nobodyHere: (round) => `Runde ${round} der Föderation wartet: Kein Gerät des Klassenraums ist verbunden.`,
    nobodyAnswered: (round) =>
      `In Runde ${round} der Föderation hat niemand rechtzeitig geantwortet: Andere Verbundene werden gefragt, sonst alle noch einmal.`,
    tooLarge: (device, round) =>
      `${device} wird ab Runde ${round} nicht mehr gefragt: Die Gewichte, die ihm fehlen, sind größer, als eine Nachricht sein darf. Geräte, die von der ersten Runde an da sind, brauchen weniger.`,
    cut: (device, images, most) =>
      `${device} gibt ${germanCount(images, 'eigenes Bild', 'eigene Bilder')} an. Es zählt wie der größte Client der Studie: mit ${integer(most)}.`,
    refused: (device, round, why) => `Eine Antwort von ${device} in Runde ${round} wird nicht angenommen: ${why}.`,
    refusals: {
      'no-message': 'Sie ist keine Nachricht dieser Version',
      'wrong-client': 'Sie ist von einem Client, den dieses Gerät nicht hat',
      'wrong-length': 'Ihr Adapter hat eine andere Länge',
      'not-finite': 'Ihr Adapter enthält Zahlen, die nicht endlich oder viel zu groß sind',
      'wrong-images': 'Sie zählt andere Bilder, als der Client hat',
    },
    problem: (device, text) => `${device} kann nicht trainieren: ${text}`,
  },
  stylesUnknown: (task) =>
    `Die Stile der Bilder von „${task}“ sind nicht bekannt. Wähle für ihre föderierten Clients die Dirichlet-Aufteilung.`,
};
