/** What the classroom needs of this page, by the part that it takes. */
import { useStore } from 'zustand/react';
import { keptCertificates } from '../../../../platform/links/certificates.ts';
import { webRtcPeers } from '../../../../platform/links/peer-link.ts';
import { leftOpening } from '../../../../state/page/left-opening.ts';
import { rememberingStorage } from '../../../../state/page/keeper.ts';
import type { Surroundings } from '../../../../state/room/join-room.ts';
import type { RoomSetup } from '../../../../state/room/lead-room.ts';
import { createWorkerClient, spawnStudyWorker } from '../../../../worker/client.ts';
import type { DroppedDataset } from '../../../../worker/protocol.ts';
import { classAsked } from '../../../../state/room/class-address.ts';
import { useServices, useStudy } from '../../../context.ts';
import { browserTabs, tabStorage } from './browser-tabs.ts';
import { clientsOf } from './federated-clients.ts';

export function useJoining(): Surroundings {
  const { room } = useServices();
  const backend = useStudy((state) => state.backend);
  return {
    store: room,
    backend,
    tabs: browserTabs(),
    peers: webRtcPeers,
    kept: tabStorage(),
    certificates: keptCertificates(),
    asked: classAsked(location),
    begin: (onWait) => createWorkerClient(spawnStudyWorker, leftOpening(window, rememberingStorage()), onWait),
  };
}

export function useLeading(): RoomSetup {
  const { room, classWorker, study } = useServices();
  return {
    store: room,
    worker: classWorker,
    tabs: browserTabs(),
    peers: webRtcPeers,
    kept: tabStorage(),
    certificates: keptCertificates(),
    clients: () => clientsOf(study.getState()),
  };
}

/** The images of this device's own, once they are ready. */
export function useOwnImages(): DroppedDataset | null {
  return useStore(useServices().dataset, (state) => (state.phase === 'ready' ? state.dataset : null));
}
