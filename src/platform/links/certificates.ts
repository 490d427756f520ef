/** Certificates by which this browser is known again to a device that it was connected with, also from a page that was loaded again. */
import { objectStore } from '../indexed-db.ts';

/** A class ends on its day, and so does what could tell that a browser was in it. */
const VALID_MS = 24 * 3600 * 1000;

interface Kept {
  readonly key: string;
  readonly certificate: RTCCertificate;
}

const CURVE: EcKeyGenParams & { readonly expires: number } = { name: 'ECDSA', namedCurve: 'P-256', expires: VALID_MS };

const isOver = ({ certificate }: Kept): boolean => certificate.expires <= Date.now();

export interface Certificates {
  /** The certificate of a name, made where there is none; null where the browser keeps none. */
  readonly of: (name: string) => Promise<RTCCertificate | null>;
  readonly forget: (name: string) => Promise<void>;
}

/** Certificates in IndexedDB. */
export function keptCertificates(): Certificates {
  const use = objectStore(indexedDB, 'copra-certificates', 'certificates');
  const forget = async (name: string): Promise<void> => {
    await use('readwrite', (store) => store.delete(name)).catch(() => undefined);
  };
  return {
    forget,
    async of(name) {
      try {
        const all = await use<Kept[]>('readonly', (store) => store.getAll() as IDBRequest<Kept[]>);
        for (const kept of all.filter(isOver)) await forget(kept.key);
        const own = all.find((kept) => kept.key === name && !isOver(kept));
        if (own) return own.certificate;
        const certificate = await RTCPeerConnection.generateCertificate(CURVE);
        await use('readwrite', (store) => store.put({ key: name, certificate } satisfies Kept));
        return certificate;
      } catch {
        return null; // A private window, or a full device: a page that is loaded again is not known again.
      }
    },
  };
}
