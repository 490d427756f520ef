/** The words of the classroom: a federation whose clients are devices of their own. */
import { counted } from '../../../../core/counted.ts';
import { integer } from '../../../../core/number-format.ts';
import { catalogue } from '../../../../core/language/catalogue.ts';

export const ROOM_WORDS = catalogue('room', {
  title: 'Classroom',
  open: 'Classroom: devices as clients',
  hide: 'Hide',
  /** Below the settings of federated training. */
  simulated: 'All clients are simulated on this device. In a classroom, every laptop or tab is one client.',
  connected: (devices: number) => `A classroom is open: ${counted(devices, 'device')} connected.`,
  intro:
    'Federated training for real: one page leads a study, and every laptop or tab that joins is one client. It trains on its own images and sends its adapter. Images stay where they are.',
  leadForm: {
    title: 'Lead a classroom',
    text: 'This page sends settings, names of classes and prompts to every device and the adapter in every round, combines what comes back, and shows the results.',
    start: 'Open a classroom',
  },
  joinForm: {
    title: 'Join a classroom',
    text: 'With the code of a page in this browser, or with the invitation that the leading device shows.',
    name: 'Name of this device',
    nameNote:
      'The leading page shows this name in its results and in files that it saves. Links and published studies number the clients instead.',
    code: 'Code or invitation',
    images: 'Images to train on',
    part: 'Its part of the study',
    own: (images: number) => `My own: ${counted(images, 'image')}`,
    partNote:
      'It trains on its part of the study’s images. To train on images of your own, drop them on the page first; their classes must have the names that the study has.',
    ownNote:
      'It trains on your images. They stay on this device: the adapter, the number of images, the progress and errors are sent.',
    returns: 'This tab was in a classroom with images of its own. When they are open again, it joins by itself.',
    join: 'Join',
  },
  servers: {
    title: 'Connection server',
    none: 'none: this network only',
    text: 'Devices of one network find each other without a server. Between networks, browsers ask a STUN server for their address, or send everything through a TURN server. Such a server learns both addresses.',
    label: 'Addresses, such as stun:stun.example.org',
  },
  lead: {
    tabs: 'Tabs of this browser',
    tabsNote: 'Open this address in another tab or window of this browser, or enter the code there.',
    address: 'Address for another tab',
    present: (here: number, clients: number) => `${here} of ${counted(clients, 'client')} connected`,
    invitedGone:
      'An invited device that loses its connection returns by itself. If it is not back within a minute, invite it anew.',
    off: 'Federated training is off in the study’s settings: a run would not ask anybody.',
    switchOn: 'Switch it on',
    /** @param isOver a study has asked these devices, and has ended */
    ready: (here: number, clients: number, isOver: boolean): string =>
      here === 0
        ? 'When somebody is here, run the study: federated training comes after the ordinary runs, and devices may join until then and later.'
        : isOver
          ? 'The study is over. Run another one with this classroom, or close it.'
          : here < clients
            ? 'Run the study now, or wait for more: clients without a device take no part in a round.'
            : 'Everybody is here: run the study.',
    running:
      'The study runs. Devices may come and go: a round goes on with those that are here, and waits while nobody is, also when the classroom is closed and opened again. Federated training that began without a classroom stays simulated.',
    deadline: 'Deadline of a round, seconds',
    deadlineNote:
      'A round ends when all connected devices have answered, or at the deadline with those that have. Later answers are dropped. 0: no deadline.',
    close: 'Close the classroom',
  },
  devices: {
    title: 'Devices of the classroom',
    none: 'Nobody has joined yet.',
    client: (client: number) => `Client ${client}`,
    training: (percent: number, round: number) => `trains round ${round}: ${percent} %`,
    answered: (round: number) => `has answered round ${round}`,
    waiting: 'waits',
    gone: 'gone',
    superfluous: (clients: number) => `not needed: the study has ${counted(clients, 'client')}`,
    /** @param images as the device says; null: it has not yet */
    own: (images: number | null) => (images === null ? 'own images' : `own images: ${integer(images)}, as it says`),
    part: (images: number | null) =>
      images === null ? 'its part of the study' : `its part of the study: ${counted(images, 'image')}`,
    ways: { tab: 'tab of this browser', device: 'other device' },
    problem: (text: string) => `Cannot train: ${text}`,
    remove: (name: string) => `Send ${name} away`,
  },
  invite: {
    title: 'Another laptop',
    text: 'An invitation is for one device. It and its answer are exchanged by hand, so no server is needed.',
    start: 'Invite a device',
    another: 'New invitation',
    first: '1. Open this address on the other device, or scan it there.',
    qr: 'Invitation as a QR code',
    link: 'Invitation',
    local:
      'This page is at “localhost”, which on another device is that device itself. Open the page at an address of your network, or enter the invitation on the other device’s own page.',
    second: '2. Enter the answer that the other device shows.',
    answer: 'Answer of the other device',
    connect: 'Connect',
    connecting: 'Connecting …',
    badAnswer: 'This is not the answer to this invitation, or not all of it. Copy it once more.',
    noWay:
      'The two devices find no way to each other, or the other one has left. Both must be in one network that lets devices talk to each other; guest networks often do not. Between networks, name a connection server on both. Then make a new invitation.',
    failed: (reason: string) => `No connection: ${reason}`,
  },
  member: {
    status: {
      looking: (code: string) => `Looking for the page that leads classroom ${code} …`,
      preparing: 'Preparing an answer to the invitation …',
      answering: 'The answer is ready.',
      unreached: 'The answer is ready, but no way to the leading device is found yet.',
      waiting: 'Joined. Waiting for federated training to begin.',
      between: (round: number | null, rounds: number) =>
        round === null
          ? `The study has begun: waiting for the first of ${counted(rounds, 'round')}.`
          : `Round ${round} of ${rounds} is over.`,
      training: (round: number, rounds: number) => `Trains round ${round} of ${rounds}.`,
      answered: (round: number) => `The adapter of round ${round} is sent.`,
      over: 'The study is over. Another one may follow: stay for it, or leave.',
      returning:
        'The connection is lost. This device tries to return by itself. If it does not within a minute, ask for a new invitation.',
      gone: (code: string) =>
        `The page that leads classroom ${code} is gone: closed, or being loaded again. When it is back, this tab is in the classroom again by itself.`,
      dismissed: 'The leading page has closed the classroom.',
      closed: (code: string) =>
        `The leading page has closed classroom ${code}. If it is opened again, this tab is in it again by itself.`,
      lost: 'The connection is lost. Ask for a new invitation.',
      full: 'All clients of this classroom are connected already.',
      version: 'The leading page is of another version: load both pages again.',
      sentAway:
        'The leading page has sent this device away. Until it closes the classroom, only a new invitation lets it in.',
      noInvitation: 'This is no invitation, or not all of it. Leave, and copy it once more.',
      failed: 'This device takes no part any more.',
    },
    whenUnreached:
      'If none is found once the answer is entered there: leave, and ask for a new invitation. Both devices must be in one network that lets devices talk to each other; guest networks often do not. Between networks, name a connection server on both.',
    bring: 'Enter this answer on the leading device: by copy and paste, or by an app there that reads codes as text.',
    qr: 'Answer as a QR code',
    answer: 'Answer',
    progress: 'Steps of this round',
    as: 'Name',
    asClient: (name: string, client: number) => `${name}, client ${client}`,
    room: 'Classroom',
    trainsOn: 'Trains on',
    ownImages: (images: number | null): string =>
      images === null
        ? 'images of its own, which stay here'
        : `${counted(images, 'image')} of its own, which stay here`,
    part: (task: string | null, images: number | null): string => {
      const of = task ?? 'the study’s images';
      return images === null ? `its part of ${of}` : `its part of ${of}: ${counted(images, 'image')}`;
    },
    sends: 'Sent so far',
    sent: (adapters: number, up: string, down: string) =>
      `${counted(adapters, 'adapter')}, ${up} kB in all; ${down} kB received`,
    privacy:
      'The name of this device, adapters, numbers of images, the progress and errors are sent; images never are.',
    leave: 'Leave',
  },
});
