/** The sentences of captions in German. A colon stands where German would turn a sentence around behind its beginning. */
import { germanCountAll } from '../../../core/counted-all.ts';
import { germanCount } from '../../../core/counted.ts';
import { listed } from '../../../core/listed.ts';
import { integer } from '../../../core/number-format.ts';
import type { CAPTION_WORDS } from './messages.ts';

const NBSP = '\u00a0';

/** "LoRA verliert 3 %", "CopRA 2 %" */
const told = (verb: string) => (name: string, value: string, isFirst: boolean) =>
  `${name} ${isFirst ? `${verb} ` : ''}${value}`;

/** "bei LoRA 3 %" */
const at = (name: string, value: string) => `bei ${name} ${value}`;

/**
 * Of an arm with more of a measure than the first one.
 * @param best "Die niedrigste Barriere" @param one "verliert" of one arm, @param several "verlieren" of several
 * @param what "weniger", of one arm and of several @param where behind the verb and the first arm: "zwischen zwei Seeds"
 */
const frontier = (
  best: string,
  [one, several]: readonly [string, string],
  [ofOne, ofSeveral]: readonly [string, string],
  where: string,
) => ({
  best: (arm: string) => `${best} hat ${arm}`,
  tooFew: (first: string) => `Zu wenige Seeds, um zu sagen, welche Arme ${where} ${ofSeveral} ${several} als ${first}.`,
  none: (first: string) => `Kein Arm ${one} ${where} deutlich ${ofOne} als ${first}.`,
  priced: (first: string) =>
    `Jeder Arm, der ${where} deutlich ${ofOne} ${one} als ${first}, ist mit allen Schichten weniger genau.`,
  free: (first: string) =>
    `Manche Arme ${several} ${where} deutlich ${ofSeveral} als ${first} und sind nicht deutlich weniger genau.`,
});

const onOtherDomains = (domains: number): string =>
  domains === 1 ? 'Auf der anderen Domäne' : `Auf ${domains} anderen Domänen`;

export const captions: typeof CAPTION_WORDS = {
  coalitions: {
    worth: (points, isLess, name, isFirst) =>
      `bei ${name} ${points} Punkte ${isLess ? 'weniger' : 'mehr'}${isFirst ? ' als einzeln' : ''}`,
    together: (worth, pairs, over) =>
      `Zwei Schichten sind zusammen ${worth} wert (Mittel über ${germanCountAll(pairs, 'Paar', 'Paare')}; ${over})`,
    tooFew: 'zu wenige Seeds, um zu sagen, wessen Schichten einander eher ersetzen',
    unclear: 'wessen Schichten einander eher ersetzen, ist nicht deutlich',
    substitutes: (name, first, points, isMore) =>
      `die Schichten von ${name} ersetzen einander ${isMore ? 'mehr' : 'weniger'} als die von ${first}, um ${points} Punkte`,
    sets: (name, { first, last, best, any, all }) =>
      `${name} hat ${first} mit den ersten, ${last} mit den letzten, ${best} mit den besten, im Mittel ${any} mit irgendwelchen und ${all} mit allen`,
    withHalf: (half, layers, sets, isFirst) =>
      `${isFirst ? 'Mit' : 'mit'} ${half} von ${germanCount(layers, 'Schicht', 'Schichten')}: ${sets}`,
    chosen: (over) =>
      `die besten werden auf der einen Hälfte der Bilder gewählt und auf der anderen getestet (${over})`,
  },
  comparison: {
    highest: (name, arms, accuracy) =>
      `Mit allen Schichten liegt „${name}“ von ${germanCount(arms, 'Arm', 'Armen')} am höchsten, bei ${accuracy}`,
    change: (name, points, isGain) => `„${name}“ ${isGain ? 'gewinnt' : 'verliert'} ${points} Punkte`,
    ends: (least, most) => `auf halbem Weg zwischen zwei Seeds: ${least} und ${most}, die beiden Extreme`,
    luck: (over) => `${over}, und der höchste von vielen ist es zum Teil durch Glück`,
  },
  confusion: {
    most: (name, of, as, share, images) =>
      `${name} hält am häufigsten ${of} für ${as} (${share} von ${germanCount(images, 'Bild', 'Bildern')})`,
    none: (name) => `${name} verwechselt keine Klassen`,
    least: (at) => ` und ist am ungenauesten bei ${at}`,
    range: (name, easiest, hardest) => `${name} ist am genauesten bei ${easiest}, und am ungenauesten bei ${hardest}`,
    at: (of, accuracy, low, high) => `${of}, ${accuracy} (${low} bis${NBSP}${high})`,
    even: (name, accuracy) => `${name} erreicht ${accuracy} in jeder Klasse`,
    means: 'Mittel über die Seeds mit 95-%-Intervallen über die Auswahl der Testbilder der Klasse.',
    intervals: 'In Klammern: 95-%-Intervalle über die Wahl der Testbilder der Klasse.',
  },
  domains: {
    compared: (domains, verdicts) => `${onOtherDomains(domains)}: ${verdicts}`,
    levels: (domains, reached) => `${onOtherDomains(domains)}: ${reached}`,
    reached: (arms, backbone) => `${arms}, das Backbone allein ${backbone}`,
    half: (arms, halves) => `mit ${germanCount(halves, 'festen Hälfte', 'festen Hälften')} der Schichten ${arms}`,
    own: (arms) => `auf der Domäne, auf der trainiert wurde, ${arms}`,
    over: (seeds, images, pictures) =>
      `${seeds}, ${germanCount(images, 'Testbild', 'Testbilder')}${pictures < images ? ` zu ${germanCount(pictures, 'Motiv', 'Motiven')}` : ''} aus anderen Domänen`,
    changed: (name, points, isLoss, isFirst) =>
      `${name} ${isLoss ? 'verliert' : 'gewinnt'} ${points}${isFirst ? ' Punkte' : ''}`,
    against: (arms) => `Gegenüber dem Backbone allein, über die anderen Domänen: ${arms}`,
    lower: (domains) => `deutlich niedriger: ${domains}`,
    higher: (domains) => `deutlich höher: ${domains}`,
    none: 'nirgends',
  },
  estimators: {
    random: (coalitions, seeds) =>
      `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} irren zufällige Reihenfolgen bei diesem Adapter am wenigsten (${germanCount(seeds, 'Seed', 'Seeds')}).`,
    best: (coalitions, name, times, seeds) =>
      `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} irrt „${name}“ bei diesem Adapter am wenigsten: Der quadratische Fehler zufälliger Reihenfolgen ist ${times}-mal so groß (${germanCount(seeds, 'Seed', 'Seeds')}).`,
    exact: (coalitions, names, seeds) =>
      `Mit ${germanCount(coalitions, 'Koalition', 'Koalitionen')} ${names.length > 1 ? 'sind' : 'ist'} ${listed(names.map((name) => `„${name}“`))} bei diesem Adapter bis auf Rundung exakt (${germanCount(seeds, 'Seed', 'Seeds')}).`,
  },
  federated: {
    after: (arms, rounds, ofRounds, rules) =>
      `${arms} nach ${rounds < ofRounds ? `${rounds} von ${germanCount(ofRounds, 'Runde', 'Runden')}` : germanCount(rounds, 'Runde', 'Runden')}: ${rules}`,
    central: (accuracies) => `gewöhnliche Läufe mit ebenso vielen Schritten auf allen Bildern ${accuracies}`,
    divergedIn: (rule, seed, round) => `${rule} in Runde ${round} von Seed ${seed}`,
    diverged: (name, diverged, trainings, which, place) => {
      const who =
        diverged === trainings && trainings > 1
          ? `${place === 'first' ? 'Alle' : 'alle'} ${germanCount(trainings, 'föderiertes Training', 'föderierten Trainings')} von ${name}`
          : `${diverged} von ${germanCount(trainings, 'föderierten Training', 'föderierten Trainings')} von ${name}`;
      const [verb, missing] = diverged === 1 ? ['ist', 'fehlt'] : ['sind', 'fehlen'];
      const leftOut = place === 'beside numbers' ? ` und ${missing} in diesen Zahlen` : '';
      return `${who} ${verb} divergiert (${which})${leftOut}: Senke die Lernrate von ${name}`;
    },
    noRanking: 'mit einem Seed keine Rangfolge der Regeln',
    errorIn: (values, round) => `${values} in Runde ${round}`,
    errorsCross: (round) => `in Runde ${round} kreuzen sie sich`,
    errorsOf: (arms, rules) => `Mittel über Schichten, ${arms}: ${rules}. Exakte Regeln haben keinen Fehler.`,
    errorOverall: (values) => `${values} über alle Runden`,
    shareOf:
      'Das sind Anteile am mittleren Update aller Runden bis dahin: Neben einem längeren Update ist derselbe Fehler ein kleinerer Anteil, und Clients, die sich wenig bewegen, irren wenig.',
    errorsCompared: (alike, rounds, arms, errors, updates) =>
      `Verglichen werden die Arme deshalb im Fehler selbst, über ${alike} von ${germanCount(rounds, 'Runde', 'Runden')}, in denen sich die Clients aller Arme etwa gleich weit bewegen: gemessen an ihrem Weg ${arms} ${errors}, bei mittleren Updates der Länge ${updates}.`,
    neverAlike:
      'In keiner Runde bewegen sich die Clients aller Arme etwa gleich weit, deshalb werden die Arme nicht verglichen.',
    lengthsUnknown:
      'Die Arme werden deshalb nicht darin verglichen; wie lang Fehler und Updates sind, enthält dieses Ergebnis nicht.',
  },
  frontier: {
    gain: frontier(
      'Den höchsten behaltenen Gewinn',
      ['behält', 'behalten'],
      ['mehr von seinem Gewinn', 'mehr von ihrem Gewinn'],
      'ohne jede zweite Schicht',
    ),
    barrier: frontier(
      'Die niedrigste Barriere',
      ['verliert', 'verlieren'],
      ['weniger', 'weniger'],
      'zwischen zwei Seeds',
    ),
    midpoint: frontier(
      'Die höchste Genauigkeit in der Mitte',
      ['liegt', 'liegen'],
      ['höher', 'höher'],
      'auf halbem Weg zwischen zwei Seeds',
    ),
    points: (points) => `${points}${NBSP}Punkte`,
    more: (names, count) => `${names} und ${count} weitere`,
    at: (name, value, accuracy) => `${name}, ${value} bei einer Genauigkeit von ${accuracy}`,
    mostAccurate: 'zugleich der genaueste Arm',
    accurate: (arm) => `die höchste Genauigkeit hat ${arm}`,
    unbeaten: (arms, names) => `von ${germanCount(arms, 'Arm', 'Armen')} übertrifft keiner ${names} in beidem`,
    clear: (first, scope, count, arms, names) =>
      `das 95-%-Intervall der Differenz zu ${first}, ${scope}, liegt bei ${count} von ${germanCount(arms, 'Arm', 'Armen')} auf der besseren Seite der 0 (${names})`,
    over: (seeds, images) => `Mittel über ${seeds}, ${images}`,
  },
  geometry: {
    spaces: { updates: 'ΔW', factors: 'A und B' },
    starts: { updates: 'ΔW', factors: 'A und B, ihr zufälliger Start eingeschlossen' },
    seeds: (space, cosines) =>
      `Kosinus zwischen trainierten Adaptern in ${space}: bei einer Methode und verschiedenen Seeds ${cosines}`,
    methods: (cosines) => `bei einem Seed und verschiedenen Methoden ${cosines}`,
    distances: (space, distances, seeds) =>
      `Abstand vom vortrainierten Modell in ${space}: ${distances} (${seeds}; Mittel ± Standardabweichung)`,
  },
  inside: {
    patch: (row, column) => `Zeile ${row}, Spalte ${column}`,
    look: (name, { held, count, of, most, times }) =>
      `${name}: ${held} auf ${count} von ${germanCount(of, 'Patch', 'Patches')}, am meisten auf ${most} (${times}-mal ein gleicher Anteil)`,
    moved: (first, arms) => `Anteil der Attention, der woanders liegt (verglichen mit ${first}): ${arms}`,
    onePicture: 'ein Bild, ein Lauf je Arm: Über andere sagt das nichts',
  },
  landscape: {
    paths: { factor: 'Faktorpfads', product: 'Produktpfads' },
    aligned: { orthogonal: ' nach Drehung der Faktoren', invertible: ' mit dem besten P für die Faktoren' },
    midpoint: (path, gains, over) => `In der Mitte des ${path}: ${gains} (${over})`,
    barriers: (points, arms, values) =>
      `${arms > 1 ? 'Barrieren' : 'Barriere'} ${points} Punkte (das Größte aus ${germanCount(values, 'Wert', 'Werten')} von λ)`,
    onTraining: (images, points) => `auf ${germanCount(images, 'Trainingsbild', 'Trainingsbildern')} ${points}`,
  },
  map: {
    half: (setting, first, last) => `${setting} ${first === last ? first : `${first} bis ${last}`}`,
    where: (high, low) =>
      `besser ist es in ${high.better} von ${germanCount(high.of, 'Zelle', 'Zellen')} (${high.words}) und in ${low.better} von ${low.of} (${low.words})`,
    tooFew: (measure, other, first) =>
      `${measure}: zu wenige Seeds, um zu sagen, wo sich ${other} und ${first} unterscheiden.`,
    counts: (measure, other, first, { better, worse, unclear, of }) =>
      `${measure}: ${other} ist in ${better} von ${germanCount(of, 'Zelle', 'Zellen')} besser als ${first}, in ${worse} schlechter, und in ${unclear} enthält das Intervall die 0`,
    untold: (cells) =>
      `${germanCount(cells, 'weitere Zelle hat', 'weitere Zellen haben')} zu wenige Seeds für eine Aussage`,
    chance: 'auch ohne jeden Unterschied würde etwa eines von zwanzig Intervallen die 0 ausschließen',
  },
  merging: {
    kinds: {
      single: 'ein einzelner Lauf',
      factors: 'A und B gemittelt',
      rotated: 'vorher aufeinander gedreht',
      updates: 'Updates gemittelt',
      ensemble: 'Ensemble der Logits',
    },
    level: (counts, merges, over) =>
      `höchstens um den Stichprobenfehler unter einem einzelnen Lauf: ${counts} von ${germanCount(merges, 'Merge', 'Merges')} (${over})`,
  },
  multitask: {
    accuracies: (arms, tasks, { single, average, ofOwn, arithmetic, ensemble, none }) =>
      `${arms}, Mittel über ${germanCount(tasks, 'Aufgabe', 'Aufgaben')}: eigene Adapter ${single}, Updates gemittelt ${average} (${ofOwn} der eigenen), Task Arithmetic ${arithmetic}, Ensemble der Logits ${ensemble}, ohne Adapter ${none}`,
    joint: (accuracies) => `mit den Klassen aller Aufgaben zur Wahl, Updates gemittelt ${accuracies}`,
  },
  pathPictures: {
    loses: at,
    wins: at,
    lost: (path, arms, over) =>
      arms === null
        ? `Kein Bild haben beide Seeds richtig, also kann in der Mitte des ${path} keines verloren gehen (${over})`
        : `Von den Bildern, die beide Seeds richtig haben, ${arms ? `gehen in der Mitte des ${path} einige verloren: ${arms}` : `geht in der Mitte des ${path} keines verloren`} (${over})`,
    won: (arms) => `von denen, die beide falsch haben, ${arms ? `werden richtig: ${arms}` : 'wird keines richtig'}`,
  },
  pictureLayers: {
    thisPicture: 'diesem Bild',
    kept: (pictures, ofClass) =>
      `${germanCount(pictures, 'Bild', 'Bilder')}${ofClass === null ? '' : ` von ${ofClass}`} ${pictures === 1 ? 'ist' : 'sind'} gespeichert${ofClass === null ? ', von jeder Art einige' : ''}, deshalb sind ihre Mittel nicht die aller`,
    most: (name, what, layers) => `${name}: der größte Beitrag zu ${what} kommt von ${layers}`,
    none: (name) => `${name}: keine Schicht hilft`,
    accuracy: (seeds) => `Punkte: 100 machen aus einem falschen Bild ein richtiges, Mittel über ${seeds}`,
    loss: (seeds) => `gesparter Loss in Nats, Mittel über ${seeds}`,
  },
  picturePath: {
    arm: (name, ends, halfway) => `${name}: ${ends} an den Enden, ${halfway} auf halbem Weg`,
    pairs: (pairs) =>
      `Wahrscheinlichkeit der wahren Klasse, Mittel ± Standardabweichung über Seed-Paare (${pairs}): Ein Bild sagt nichts über andere`,
    onePair: 'Wahrscheinlichkeit der wahren Klasse, von einem Seed-Paar: Ein Bild sagt nichts über andere',
  },
  pictures: {
    kept: (kept, tested) =>
      `${kept} von ${germanCount(tested, 'Testbild', 'Testbildern')} sind gespeichert, von jeder Art einige, deshalb sind ihre Zahlen keine Anteile an allen. Davon: `,
    tested: (tested) => `Von ${germanCount(tested, 'Testbild', 'Testbildern')}: `,
    alone: (name, count, isFirst) => `${name} allein hat ${count}${isFirst ? ' falsch' : ''}`,
    everyone: (arms, count) => `${arms > 2 ? 'alle' : 'beide'} haben ${count}`,
    wrong: (name, count) => `${name} hat ${count} falsch`,
    untested: 'Noch ist kein Arm getestet.',
    majority: (seeds) =>
      ` (die Mehrheit von ${germanCount(seeds, 'Seed', 'Seeds')} entscheidet${seeds % 2 === 0 ? `; ${seeds / 2} richtig und ${seeds / 2} falsch ist keines von beiden` : ''})`,
    loses: at,
    between: (arms) => `auf halbem Weg zwischen mindestens einem Paar von Seeds ${arms}`,
    without: (arms) => `ohne jede zweite Schicht ${arms}`,
    lost: (lost) => ` Von denen, die richtig sind, gehen verloren: ${lost}.`,
  },
  plane: {
    levels: (name, corners, middle, isFirst) =>
      isFirst
        ? `${name} ${corners} an den Adaptern, ${middle} im Mittelpunkt des Dreiecks, am Gitter abgelesen`
        : `${name} ${corners} und ${middle}`,
    grid: (arms, over) => `${arms} (eine Ebene je Arm, ${over})`,
    offPlane: (shares) =>
      `das Training begann um ${shares} seiner Weglänge neben der Ebene, seine Linien sind also Projektionen`,
  },
  pruning: {
    everyOther: (gains, over) => `Ohne jede zweite Schicht: ${gains} (${over})`,
    thirds: (gains) => `mit nur einem Drittel der Schichten: ${gains}`,
    cost: (name, first, isLess) =>
      `Schichten zu entfernen kostet ${name} ${isLess ? 'weniger' : 'mehr'} von seinem Gewinn als ${first}`,
    entries: {
      factors: 'der Einträge von A und B',
      tensors: 'der Einträge jedes A und jedes B',
      update: 'der Einträge von ΔW',
    },
    has: told('hat'),
    removed: (share, entries, arms, over) => `Ohne ${share} ${entries}: ${arms} Genauigkeit (${over})`,
    averaged: (from, to, accuracies) =>
      `gemittelt über entfernte Anteile von ${from === to ? from : `${from} bis ${to}`}${NBSP}%: ${accuracies}`,
  },
  shapley: {
    topThird: (name, share, isFirst) =>
      isFirst ? `Vom Beitrag leistet das obere Drittel der Schichten bei ${name} ${share}` : `bei ${name} ${share}`,
    whole: (arms, even, over) => `${arms} (bei gleichen Schichten wären es ${even}; ${over})`,
    tooFew: 'zu wenige Seeds, um zu sagen, wer ihn gleichmäßiger verteilt',
    unclear: 'wer ihn gleichmäßiger verteilt, ist nicht deutlich',
    carries: (name, first, isMore) =>
      `das obere Drittel von ${name} leistet ${isMore ? 'mehr' : 'weniger'} davon als das von ${first}`,
    evenly: (name, first, isMore) =>
      `${name} verteilt ihn ${isMore ? 'gleichmäßiger' : 'ungleichmäßiger'} als ${first}`,
    noCredit: (names) => `keine Schicht von ${names} trägt etwas bei`,
    noneAtAll: (names, over) => `Keine Schicht von ${names} trägt etwas bei (${over})`,
    noneEver: (names) => `Keine Schicht von ${names} trägt bei irgendeinem Schritt etwas bei`,
    players: { layer: 'Schicht', projection: 'Projektion' },
    error: (player, points) => `Standardfehler einer ${player} höchstens ${points} Punkte`,
    errors: (player, images, coalitions) =>
      `Standardfehler einer ${player} höchstens ${images} Punkte über Bilder und ${coalitions} über Koalitionen`,
    evolution: (arms) => `Beitrag des oberen Drittels der Schichten über die Schritte: ${arms}`,
  },
  differences: (differences, scope) => ` (95-%-Intervall der Differenz ${scope}: ${differences})`,
  sharpness: {
    on: (images, arms) => `auf ${images} ${arms}`,
    rises: (radius, parts) =>
      `Wird jeder Faktor um ${radius} seiner Länge gestört, steigt der Loss (in Nats) um: ${parts}`,
    over: (directions, seeds) =>
      `Mittel über ${germanCount(directions, 'Richtung', 'Richtungen')}, ± Standardabweichung über ${seeds}`,
  },
  spectra: {
    over: (projections, seeds) =>
      `Mittel über ${germanCountAll(projections, 'Projektion', 'Projektionen')}, ± Standardabweichung über ${seeds}`,
  },
  sweep: {
    measures: { accuracy: 'mit allen Schichten', merged: '1:1 gemergt', everyOther: 'ohne jede zweite Schicht' },
    higher: (name, first, count, values) =>
      `${name} hat bei ${count} von ${germanCount(values, 'Wert', 'Werten')} einen höheren Mittelwert als ${first}`,
    start: (setting, first, last, seeds, measure) => `${setting} ${first} bis ${last}, ${seeds}: ${measure}`,
  },
  timeline: {
    everyStep: 'bei jedem getesteten Schritt',
    fromStep: (step) => `ab Schritt ${integer(step)}`,
    gap: (points, isBelow) => `${points} Punkte ${isBelow ? 'darunter' : 'darüber'}`,
    tooFew: (name, gap) => `${name} hat zu wenige Seeds für eine Aussage (${gap} beim letzten Schritt)`,
    worse: (name, gap) => `${name} ist beim letzten Schritt deutlich schlechter als seine Enden, ${gap}`,
    neverWorse: (name, gap) =>
      `${name} ist bei keinem getesteten Schritt deutlich schlechter als seine Enden, ${gap} beim letzten`,
    noLongerWorse: (name, step, gaps) =>
      `${name} ist ab Schritt ${integer(step)} nicht mehr deutlich schlechter als seine Enden, ${gaps}`,
    untoldFrom: (name, step, gaps) =>
      `ob ${name} schlechter ist als seine Enden, ist ab Schritt ${integer(step)} nicht zu sagen, ${gaps}`,
    gapThere: (gap) => `dort ${gap}`,
    gapLast: (gap) => `beim letzten ${gap}`,
    measures: { midpoint: 'seine Mitte', everyOther: 'sein behaltener Gewinn mit jeder zweiten Schicht' },
    since: (what, isAhead, since) => `${what} liegt ${since} deutlich ${isAhead ? 'vorn' : 'zurück'}`,
    passing: (what, steps) =>
      `${what} liegt bei ${steps.length === 1 ? 'Schritt' : 'den Schritten'} ${steps.join(', ')} deutlich vorn, aber nicht am Ende`,
    notAhead: (what) => `${what} liegt am Ende nicht deutlich vorn`,
    against: (name, first, scopes, parts) =>
      `${name} gegen ${first} nach gleich vielen Schritten (${scopes}): ${parts}`,
    visible: (ends) =>
      `Wie früh zeigt sich, ob sich Adapter mergen lassen? Auf halbem Weg zwischen zwei Seeds auf dem Faktorpfad: ${ends}`,
    needsTwo: 'Um zu sehen, wann sich Seeds mergen lassen, braucht ein Arm zwei davon',
    pairs: (count) => germanCount(count, 'Paar', 'Paare'),
    steps: (count) => germanCount(count, 'Schritt', 'Schritte'),
  },
  budget: {
    spends: (other, first, share, budget) => `${budget}: ${other} verbraucht ${share} von dem, was ${first} verbraucht`,
    where: (first, step, other, otherStep) =>
      `wo beide gleich viel verbraucht haben, ${first} bei Schritt ${step} und ${other} bei Schritt ${otherStep}`,
    nothingTested: 'wurde nichts getestet',
    measured: {
      'accuracy with everything on': 'der Genauigkeit mit allen Schichten',
      'validation accuracy': 'der Validierungsgenauigkeit',
    },
    same: (measured) => `unterscheiden sie sich nicht in ${measured}`,
    apart: (other, points, isAhead, measured) =>
      `liegt ${other} in ${measured} ${points} Punkte ${isAhead ? 'vorn' : 'zurück'}`,
  },
  timing: {
    step: (arms) => `Ein Schritt eines Laufs für sich allein dauert, in Millisekunden: ${arms}`,
    differences: (differences) => `95-%-Intervall der Differenz über Seeds: ${differences}`,
    over: (steps, seeds, device) =>
      `Mittel über ${germanCount(steps, 'Schritt', 'Schritte')} aus dem ganzen Training, ± Standardabweichung über ${seeds}, auf ${device}`,
  },
};
