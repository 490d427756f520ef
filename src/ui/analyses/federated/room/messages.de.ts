/** The words of the classroom in German. */
import { germanCount } from '../../../../core/counted.ts';
import { integer } from '../../../../core/number-format.ts';
import type { ROOM_WORDS } from './messages.ts';

export const room: typeof ROOM_WORDS = {
  title: 'Klassenraum',
  open: 'Klassenraum: Geräte als Clients',
  hide: 'Ausblenden',
  simulated: 'Alle Clients werden auf diesem Gerät simuliert. Im Klassenraum ist jeder Laptop oder Tab ein Client.',
  connected: (devices) => `Ein Klassenraum ist offen: ${germanCount(devices, 'Gerät', 'Geräte')} verbunden.`,
  intro:
    'Föderiertes Training mit echten Geräten: Eine Seite leitet die Studie, und jeder Laptop oder Tab, der beitritt, ist ein Client. Er trainiert auf eigenen Bildern und schickt seinen Adapter. Bilder bleiben, wo sie sind.',
  leadForm: {
    title: 'Einen Klassenraum leiten',
    text: 'Diese Seite verschickt an jedes Gerät Einstellungen, Namen der Klassen und Prompts und in jeder Runde den Adapter, fasst zusammen, was zurückkommt, und zeigt die Ergebnisse.',
    start: 'Klassenraum öffnen',
  },
  joinForm: {
    title: 'Einem Klassenraum beitreten',
    text: 'Mit dem Code einer Seite in diesem Browser oder mit der Einladung, die das leitende Gerät zeigt.',
    name: 'Name dieses Geräts',
    nameNote:
      'Die leitende Seite zeigt diesen Namen in ihren Ergebnissen und in Dateien, die sie speichert. In Links und veröffentlichten Studien stehen stattdessen Nummern.',
    code: 'Code oder Einladung',
    images: 'Trainingsbilder',
    part: 'Sein Teil der Studie',
    own: (images) => `Eigene: ${germanCount(images, 'Bild', 'Bilder')}`,
    partNote:
      'Das Gerät trainiert auf seinem Teil der Bilder der Studie. Für eigene Bilder lege sie zuerst auf der Seite ab; ihre Klassen müssen heißen wie die der Studie.',
    ownNote:
      'Das Gerät trainiert auf deinen Bildern. Sie bleiben auf ihm: Verschickt werden der Adapter, die Zahl der Bilder, der Fortschritt und Fehlermeldungen.',
    returns:
      'Dieser Tab war mit eigenen Bildern in einem Klassenraum. Sobald sie wieder geöffnet sind, tritt er von selbst bei.',
    join: 'Beitreten',
  },
  servers: {
    title: 'Verbindungsserver',
    none: 'keiner: nur dieses Netz',
    text: 'Geräte in einem Netz finden sich ohne Server. Zwischen Netzen fragen Browser einen STUN-Server nach ihrer Adresse oder schicken alles über einen TURN-Server. Ein solcher Server erfährt beide Adressen.',
    label: 'Adressen, etwa stun:stun.example.org',
  },
  lead: {
    tabs: 'Tabs dieses Browsers',
    tabsNote: 'Öffne diese Adresse in einem weiteren Tab oder Fenster dieses Browsers, oder gib dort den Code ein.',
    address: 'Adresse für einen weiteren Tab',
    present: (here, clients) => `${here} von ${germanCount(clients, 'Client', 'Clients')} verbunden`,
    invitedGone:
      'Ein eingeladenes Gerät, dessen Verbindung abbricht, kehrt von selbst zurück. Ist es nach einer Minute nicht wieder da, lade es neu ein.',
    off: 'Föderiertes Training ist in den Einstellungen der Studie ausgeschaltet: Ein Lauf würde niemanden fragen.',
    switchOn: 'Einschalten',
    ready: (here, clients, isOver) =>
      here === 0
        ? 'Sobald jemand da ist, starte die Studie: Das föderierte Training kommt nach den gewöhnlichen Läufen, und Geräte dürfen bis dahin und auch später beitreten.'
        : isOver
          ? 'Die Studie ist zu Ende. Starte mit diesem Klassenraum eine weitere, oder schließ ihn.'
          : here < clients
            ? 'Starte die Studie jetzt, oder warte auf weitere: Clients ohne Gerät nehmen an einer Runde nicht teil.'
            : 'Alle sind da: Starte die Studie.',
    running:
      'Die Studie läuft. Geräte dürfen kommen und gehen: Eine Runde geht mit denen weiter, die da sind, und wartet, solange niemand da ist, auch wenn der Klassenraum geschlossen und wieder geöffnet wird. Föderiertes Training, das ohne Klassenraum begann, bleibt simuliert.',
    deadline: 'Frist einer Runde, Sekunden',
    deadlineNote:
      'Eine Runde endet, wenn alle verbundenen Geräte geantwortet haben, oder zur Frist mit denen, die geantwortet haben. Spätere Antworten fallen weg. 0: keine Frist.',
    close: 'Klassenraum schließen',
  },
  devices: {
    title: 'Geräte im Klassenraum',
    none: 'Noch ist niemand beigetreten.',
    client: (client) => `Client ${client}`,
    training: (percent, round) => `trainiert Runde ${round}: ${percent} %`,
    answered: (round) => `hat Runde ${round} beantwortet`,
    waiting: 'wartet',
    gone: 'nicht mehr da',
    superfluous: (clients) => `wird nicht gebraucht: Die Studie hat ${germanCount(clients, 'Client', 'Clients')}`,
    own: (images) => (images === null ? 'eigene Bilder' : `eigene Bilder: ${integer(images)}, wie es angibt`),
    part: (images) =>
      images === null ? 'sein Teil der Studie' : `sein Teil der Studie: ${germanCount(images, 'Bild', 'Bilder')}`,
    ways: { tab: 'Tab dieses Browsers', device: 'anderes Gerät' },
    problem: (text) => `Kann nicht trainieren: ${text}`,
    remove: (name) => `${name} wegschicken`,
  },
  invite: {
    title: 'Ein anderer Laptop',
    text: 'Eine Einladung gilt für ein Gerät. Sie und die Antwort darauf werden von Hand ausgetauscht, ein Server ist nicht nötig.',
    start: 'Gerät einladen',
    another: 'Neue Einladung',
    first: '1. Öffne diese Adresse auf dem anderen Gerät, oder scanne sie dort.',
    qr: 'Einladung als QR-Code',
    link: 'Einladung',
    local:
      'Diese Seite hat die Adresse „localhost“, und die meint auf einem anderen Gerät dieses Gerät selbst. Öffne die Seite unter einer Adresse deines Netzes, oder gib die Einladung auf der Seite des anderen Geräts ein.',
    second: '2. Gib die Antwort ein, die das andere Gerät zeigt.',
    answer: 'Antwort des anderen Geräts',
    connect: 'Verbinden',
    connecting: 'Verbindet …',
    badAnswer: 'Das ist keine Antwort auf diese Einladung oder nur ein Teil davon. Kopiere sie noch einmal.',
    noWay:
      'Die beiden Geräte finden keinen Weg zueinander, oder das andere ist weg. Beide müssen in einem Netz sein, in dem Geräte miteinander sprechen dürfen; in Gastnetzen dürfen sie es oft nicht. Zwischen Netzen gib auf beiden einen Verbindungsserver an. Erstelle dann eine neue Einladung.',
    failed: (reason) => `Keine Verbindung: ${reason}`,
  },
  member: {
    status: {
      looking: (code) => `Sucht die Seite, die den Klassenraum ${code} leitet …`,
      preparing: 'Bereitet eine Antwort auf die Einladung vor …',
      answering: 'Die Antwort ist fertig.',
      unreached: 'Die Antwort ist fertig, aber noch ist kein Weg zum leitenden Gerät gefunden.',
      waiting: 'Beigetreten. Wartet auf den Beginn des föderierten Trainings.',
      between: (round, rounds) =>
        round === null
          ? `Die Studie hat begonnen: Wartet auf die erste von ${rounds} Runden.`
          : `Runde ${round} von ${rounds} ist vorbei.`,
      training: (round, rounds) => `Trainiert Runde ${round} von ${rounds}.`,
      answered: (round) => `Der Adapter von Runde ${round} ist verschickt.`,
      over: 'Die Studie ist zu Ende. Vielleicht folgt eine weitere: Warte darauf, oder verlasse den Klassenraum.',
      returning:
        'Die Verbindung ist abgebrochen. Dieses Gerät versucht, von selbst zurückzukehren. Gelingt es in einer Minute nicht, bitte um eine neue Einladung.',
      gone: (code) =>
        `Die Seite, die den Klassenraum ${code} leitet, ist weg: geschlossen, oder sie wird gerade neu geladen. Sobald sie zurück ist, ist dieser Tab von selbst wieder im Klassenraum.`,
      dismissed: 'Die leitende Seite hat den Klassenraum geschlossen.',
      closed: (code) =>
        `Die leitende Seite hat den Klassenraum ${code} geschlossen. Wird er wieder geöffnet, ist dieser Tab von selbst wieder darin.`,
      lost: 'Die Verbindung ist abgebrochen. Bitte um eine neue Einladung.',
      full: 'Alle Clients dieses Klassenraums sind schon verbunden.',
      version: 'Die leitende Seite hat eine andere Version: Lade beide Seiten neu.',
      sentAway:
        'Die leitende Seite hat dieses Gerät weggeschickt. Bis sie den Klassenraum schließt, kommt es nur mit einer neuen Einladung wieder hinein.',
      noInvitation:
        'Das ist keine Einladung oder nur ein Teil davon. Verlasse den Klassenraum, und kopiere sie noch einmal.',
      failed: 'Dieses Gerät nimmt nicht mehr teil.',
    },
    whenUnreached:
      'Wenn auch keiner gefunden wird, sobald die Antwort dort eingegeben ist: Verlasse den Klassenraum, und bitte um eine neue Einladung. Beide Geräte müssen in einem Netz sein, in dem Geräte miteinander sprechen dürfen; in Gastnetzen dürfen sie es oft nicht. Zwischen Netzen gib auf beiden einen Verbindungsserver an.',
    bring:
      'Gib diese Antwort auf dem leitenden Gerät ein: durch Kopieren und Einfügen, oder mit einer App dort, die Codes als Text liest.',
    qr: 'Antwort als QR-Code',
    answer: 'Antwort',
    progress: 'Schritte dieser Runde',
    as: 'Name',
    asClient: (name, client) => `${name}, Client ${client}`,
    room: 'Klassenraum',
    trainsOn: 'Trainiert auf',
    ownImages: (images) =>
      images === null
        ? 'eigenen Bildern, die hier bleiben'
        : `${germanCount(images, 'eigenen Bild', 'eigenen Bildern')}, die hier bleiben`,
    part: (task, images) => {
      const own = `seinem Teil ${task === null ? 'der Bilder der Studie' : `von ${task}`}`;
      return images === null ? own : `${own}: ${germanCount(images, 'Bild', 'Bilder')}`;
    },
    sends: 'Bisher verschickt',
    sent: (adapters, up, down) =>
      `${germanCount(adapters, 'Adapter', 'Adapter')}, zusammen ${up} kB; ${down} kB empfangen`,
    privacy:
      'Verschickt werden der Name dieses Geräts, Adapter, Zahlen von Bildern, der Fortschritt und Fehlermeldungen, niemals Bilder.',
    leave: 'Verlassen',
  },
};
