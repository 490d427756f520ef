import { useEffect, useState } from 'react';
import { errorText } from '../../../core/error-text.ts';
import { embed } from '../../../state/embedding/embed.ts';
import type { Embedding, TsneRequest } from '../../../state/embedding/request.ts';

interface Embedded {
  /** The last one that was computed, until another is: nothing flickers. */
  readonly embedding: Embedding | null;
  /** Why there is none, for people. */
  readonly error: string | null;
}

/** The embedding of a request, computed in a worker; a newer request ends the one before. Null: none is wanted. */
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
