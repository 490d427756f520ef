/** The words of the figures of federated training in German. */
import { germanCount } from '../../../core/counted.ts';
import { integer } from '../../../core/number-format.ts';
import type { FEDERATED_WORDS } from './messages.ts';

export const federated: typeof FEDERATED_WORDS = {
  round: 'Runde',
  layer: 'Schicht',
  client: 'Client',
  roundOf: (round) => `Runde ${round}`,
  rounds: {
    help: {
      clients:
        'Clients, die einander ihre Bilder nie zeigen, trainieren einige Schritte lang Kopien eines Adapters; ein Server macht aus ihren Adaptern einen, prüft ihn und verschickt ihn wieder. Alle Arme und Regeln haben dieselben Clients und Batches.',
      rule: (name, text) => `${name}: ${text}`,
      exact: (names) => `Exakt sind ${names.join(', ')}: Was nach einer Runde alle haben, ist das Mittel der Updates.`,
      copra:
        'CopRA-Clients ziehen ihre Schichten jeder für sich; die Wahrscheinlichkeit steigt über alle Runden, beurteile CopRA also am Ende. Ein gewöhnlicher Lauf mit ebenso vielen Schritten hat alle Bilder, sieht aber je Schritt so viele wie ein einzelner Client: Er ist ein Vergleich, keine Obergrenze.',
      drift:
        'Drift: wie weit Clients von ihrem Mittel entfernt enden, geteilt durch ihren Weg. 0 heißt, dass alle denselben Weg gegangen sind; bei K Clients heißt √(1 − 1/K), dass sie nichts gemeinsam hatten.',
    },
    quantity: 'Föderiert: gezeigte Größe',
    measures: { accuracy: 'Genauigkeit', loss: 'Loss', drift: 'Drift' },
    driftAxis: 'Drift ÷ Weg der Clients',
    awaited: 'Was der globale Adapter nach jeder Runde erreicht, erscheint hier nach den gewöhnlichen Läufen.',
    central: 'gewöhnlicher Lauf mit ebenso vielen Schritten, Farbe seines Arms',
    clientsMeta: (clients, percent) =>
      `${germanCount(clients, 'Client', 'Clients')}${percent === null ? '' : `, ${percent} % je Runde`}`,
    devicesMeta: 'Geräte eines Klassenraums',
    roundsMeta: (rounds, steps) =>
      `${germanCount(rounds, 'Runde', 'Runden')} × ${germanCount(steps, 'Schritt', 'Schritte')}`,
    thenDiverged: (rounds) => `${rounds}, dann divergiert`,
    ordinaryRun: 'gewöhnlicher Lauf',
    head: [
      'Arm',
      'Regel',
      'Seed',
      'Runden',
      'Genauigkeit %',
      'Loss',
      'Fehler %',
      'Drift ÷ Weg',
      'Herunter, kB',
      'Hinauf, kB',
    ],
    caption: {
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
    },
  },
  error: {
    title: 'Fehler der Aggregation je Schicht',
    help: {
      formula:
        'Das Mittel der Updates der Clients ist Σ pₖBₖAₖ. Die Mittel von A und von B ergeben es als Produkt nicht: Der Fehler ist E = Σ pₖ(Bₖ − B)(Aₖ − A), und eine Zelle zeigt ‖E‖ als Anteil von ‖Σ pₖBₖAₖ‖, alle Projektionen einer Schicht zusammen.',
      meaning:
        'Je mehr sich Clients unterscheiden, desto größer ist er; er sagt, was zufällig verloren geht oder hinzukommt, nicht, wie viel Genauigkeit das kostet. Er ist ein Anteil am Update aller Runden bis dahin: Neben einem längeren Update ist derselbe Fehler ein kleinerer Anteil. Exakte Regeln haben kein Feld.',
    },
    awaited: 'Erscheint mit der ersten Runde.',
    allExact: 'Alle bisherigen Regeln sind exakt: Nichts geht verloren.',
    leftOut: 'In diesem Ergebnis wurden die Fehler weggelassen.',
    strongest: (percent) => `kräftigste Farbe: ${percent} % des mittleren Updates`,
    reading: (course, layer, round, percent) => `${course}, Schicht ${layer}, Runde ${round}: ${percent} %`,
    towers: { vision: 'Bild', text: 'Text' },
    head: ['Arm', 'Regel', 'Encoder', 'Schicht', 'Fehler in der letzten Runde, %', 'Seeds'],
    caption: {
      inRound: (values, round) => `${values} in Runde ${round}`,
      cross: (round) => `in Runde ${round} kreuzen sie sich`,
      of: (arms, rules) => `Mittel über Schichten, ${arms}: ${rules}. Exakte Regeln haben keinen Fehler.`,
      overall: (values) => `${values} über alle Runden`,
      shareOf:
        'Das sind Anteile am mittleren Update aller Runden bis dahin: Neben einem längeren Update ist derselbe Fehler ein kleinerer Anteil, und Clients, die sich wenig bewegen, irren wenig.',
      compared: (alike, rounds, arms, errors, updates) =>
        `Verglichen werden die Arme deshalb im Fehler selbst, über ${alike} von ${germanCount(rounds, 'Runde', 'Runden')}, in denen sich die Clients aller Arme etwa gleich weit bewegen: als Anteil am größten Fehler, den dieser Weg zulässt, ${arms} ${errors}, bei mittleren Updates der Länge ${updates}.`,
      neverAlike:
        'In keiner Runde bewegen sich die Clients aller Arme etwa gleich weit, deshalb werden die Arme nicht verglichen.',
      lengthsUnknown:
        'Die Arme werden deshalb nicht darin verglichen; wie lang Fehler und Updates sind, enthält dieses Ergebnis nicht.',
    },
  },
  attendance: {
    message: 'Welche Geräte rechtzeitig geantwortet haben, Runde für Runde.',
    help: {
      cells:
        'Jeder Client ist ein eigenes Gerät. Ein Feld ist voll, wo er an einer Runde unter allen Armen, Regeln und Seeds teilgenommen hat, und leer, wo nicht: Er war nicht verbunden, nicht gezogen, zu spät, oder seine Antwort wurde nicht angenommen.',
      bytes:
        'Eine Runde geht mit den Geräten weiter, die da sind, und gewichtet jedes nach seinen Bildern, wie es die Spalte „Zählt als“ sagt: Eigene Bilder eines Geräts zählen höchstens so viel, wie der größte Client der Studie hat. Bytes sind die aller Nachrichten einer Runde, Adapter und Header.',
    },
    simulated: 'Alle Clients wurden simuliert: Wer gezogen wurde, hat teilgenommen.',
    client: (client) => `Client ${client}`,
    reading: (name, round, took, asked, of) =>
      `${name}, Runde ${round}: hat an ${took} von ${germanCount(of, 'Training', 'Trainings')} teilgenommen, gefragt in ${asked}`,
    caption: ({ clients, trainings, rounds, took, asked, down, up }) =>
      `${germanCount(clients, 'Client', 'Clients')}, ${germanCount(rounds, 'Runde', 'Runden')} von ${germanCount(trainings, 'Training', 'Trainings')}: ${integer(took)} von ${integer(asked)} Antworten kamen rechtzeitig. Im Mittel gingen je Runde ${down} kB hinaus und ${up} kB kamen zurück.`,
    head: ['Client', 'Name', 'Teilgenommen', 'Gefragt', 'Von Runden', 'Zählt als', 'Eigene Bilder'],
  },
  clients: {
    message: 'Jeder Client hat seine eigene Mischung von Klassen.',
    title: 'Bilder der Clients',
    help: {
      kinds:
        'Dirichlet: Die Bilder jeder Klasse werden in zufälligen Teilen verteilt, je kleiner α, desto ungleicher. Nach Stil: Jeder Client hat eigene Zeichenstile.',
      weights:
        'Beim Aggregieren wiegt ein Client so viel, wie er Bilder hat; in einer Runde gehen aber alle gleich viele Schritte: Ein Client mit wenigen Bildern sieht sie öfter.',
    },
    awaited: 'Erscheint, wenn das föderierte Training beginnt.',
    allOwn:
      'Alle Clients haben auf eigenen Bildern trainiert, über deren Klassen hier nichts bekannt ist; die Bilder der Studie wurden nicht verteilt.',
    partition: ({ byStyle, alpha, clients, least, most, largest, short, own, partly, seed }) => {
      const how = byStyle ? 'Nach Zeichenstil' : `Dirichlet${alpha === null ? '' : `, α = ${alpha}`}`;
      return [
        `${how}: ${germanCount(clients, 'Client', 'Clients')} mit ${integer(least)} bis ${germanCount(most, 'Trainingsbild', 'Trainingsbildern')}; ${byStyle ? 'der größte Stil' : 'die größte Klasse'} eines Clients macht im Mittel ${largest} seiner Bilder aus`,
        ...(short ? ['einige Clients haben weniger als 10 Bilder, und keine Ziehung gab allen mehr'] : []),
        ...(own > 0
          ? [
              `ausgelassen: ${germanCount(own, 'Client', 'Clients')} mit eigenen Bildern, über deren Klassen hier nichts bekannt ist`,
            ]
          : []),
        ...(partly > 0 ? [`in einigen Runden mit eigenen Bildern: ${germanCount(partly, 'Client', 'Clients')}`] : []),
        ...(seed === null ? [] : [`gezeigt ist Seed ${seed}, andere Seeds haben andere Clients`]),
      ]
        .join('; ')
        .concat('.');
    },
    axis: 'Trainingsbilder',
    reading: (client, images, kind) => `Client ${client}: ${images} aus ${kind}`,
    head: ['Client', 'Seed', 'Bilder'],
  },
};
