/** A picture as the backbone sees it, and as it came. */
import { useEffect, useMemo } from 'react';
import type { AskedPicture } from '../../../state/own/own-store.ts';
import { Pixels } from '../pictures/Pixels.tsx';
import css from './own.module.css';

export function StillPicture({ still: { input, name, file } }: { still: AskedPicture }) {
  const address = useMemo(() => (file ? URL.createObjectURL(file) : null), [file]);
  useEffect(
    () => () => {
      if (address) URL.revokeObjectURL(address);
    },
    [address],
  );
  return (
    <>
      <span className={css.seen}>
        <Pixels pixels={input.pixels} size={input.size} />
        {address && <img className={css.original} src={address} alt="" />}
      </span>
      <figcaption className={css.detail}>{name()}</figcaption>
    </>
  );
}
