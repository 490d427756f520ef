import { useEffect, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { embed } from '../../../state/embedding/embed.ts';
import type { Embedding, TsneRequest } from '../../../state/embedding/request.ts';

interface Embedded {
  /** The latest embedding, kept until the next one is ready, to avoid flicker. */
  readonly embedding: Embedding | null;
  /** Readable error message. */
  readonly error: string | null;
}

/** Computes the embedding of a request in a worker; a newer request cancels the previous one. Null: no embedding is needed. */
export function useEmbedding(request: TsneRequest | null): Embedded {
  const [embedded, setEmbedded] = useState<Embedded>({ embedding: null, error: null });
  useEffect(() => {
    if (!request) return;
    const stop = new AbortController();
    embed(request, stop.signal).then(
      (embedding) => setEmbedded({ embedding, error: null }),
      (error: unknown) => {
        if (stop.signal.aborted) return;
        setEmbedded({ embedding: null, error: errorText(error) });
      },
    );
    return () => stop.abort(new Error('cancelled'));
  }, [request]);
  return embedded;
}
