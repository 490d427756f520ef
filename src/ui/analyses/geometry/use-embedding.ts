import { useEffect, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { embed } from '../../../state/embedding/embed.ts';
import type { Embedding, TsneRequest } from '../../../state/embedding/request.ts';

interface Embedded {
  /** The latest embedding of these points, kept until the next one is ready, to avoid flicker. */
  readonly embedding: Embedding | null;
  /** Readable error message. */
  readonly error: string | null;
}

const NOTHING = { embedding: null, error: null, of: null } as const;

/** Whether two requests arrange the same points, however they do it. */
export const isOfSamePoints = (first: TsneRequest | null, second: TsneRequest | null): boolean =>
  first !== null && first.distances === second?.distances;

/** Computes the embedding of a request in a worker; a newer request cancels the previous one. Null: no embedding is needed. */
export function useEmbedding(request: TsneRequest | null): Embedded {
  const [embedded, setEmbedded] = useState<Embedded & { readonly of: TsneRequest | null }>(NOTHING);
  useEffect(() => {
    if (!request) return;
    const stop = new AbortController();
    embed(request, stop.signal).then(
      (embedding) => setEmbedded({ embedding, error: null, of: request }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setEmbedded({ embedding: null, error: errorText(error), of: request });
      },
    );
    return () => stop.abort(new Error('cancelled'));
  }, [request]);
  return isOfSamePoints(request, embedded.of) ? embedded : NOTHING;
}
