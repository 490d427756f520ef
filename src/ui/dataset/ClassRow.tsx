import { memo } from 'react';
import { Checkbox, Input, TextField } from 'react-aria-components';
import type { DatasetClass } from '../../state/dataset/dataset-state.ts';
import type { UsedClass } from '../../state/dataset/used-classes.ts';
import { integer } from '../format.ts';
import study from '../study/study.module.css';
import { Thumbnail } from '../study/Thumbnail.tsx';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

interface ClassRowProps {
  readonly entry: DatasetClass;
  /** The class of the study that it is, or is merged into; null: none. */
  readonly used: UsedClass | null;
  /** Another class has the same name. */
  readonly merged: boolean;
  /** Each [size, size, 3] uint8 RGB. */
  readonly previews: readonly Uint8Array[];
  readonly size: number;
  readonly onName: (name: string | null) => void;
}

function Row({ entry: { found, readable, name, count }, used, merged, previews, size, onName }: ClassRowProps) {
  const images = name === null ? count : (used?.count ?? 0);
  const words = DATASET_WORDS.classes;
  return (
    <li className={css.class}>
      <div className={css.classHead}>
        <Checkbox
          aria-label={words.use(found)}
          className={css.check}
          isSelected={name !== null}
          onChange={(on) => onName(on ? readable : null)}
        >
          <span className={css.checkBox} />
        </Checkbox>
        <TextField
          aria-label={words.nameOf(found)}
          className={css.field}
          value={name ?? found}
          isDisabled={name === null}
          maxLength={80}
          onChange={onName}
        >
          <Input className={study.textInput} />
        </TextField>
        <span className={css.count}>
          {integer(images)}
          <span className={css.countMore}>{words.images(images)}</span>
        </span>
      </div>
      {used?.sides && (
        <p className={css.rowNote}>{words.sides(used.sides.train, used.sides.validation, used.sides.test)}</p>
      )}
      {merged && <p className={css.rowNote}>{words.merged}</p>}
      {previews.length > 0 && name !== null && (
        <div className={css.previews}>
          {previews.map((pixels, i) => (
            <Thumbnail key={i} pixels={pixels} size={size} label={words.picture(found, i + 1)} />
          ))}
        </div>
      )}
    </li>
  );
}

/** Re-renders only the row being edited; `onName` is a new function each time but behaves the same. */
export const ClassRow = memo(
  Row,
  (old, now) =>
    old.entry === now.entry &&
    old.used === now.used &&
    old.merged === now.merged &&
    old.previews === now.previews &&
    old.size === now.size,
);
