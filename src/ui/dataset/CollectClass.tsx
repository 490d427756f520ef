import { useEffect, useMemo, useState } from 'react';
import { Button, FileTrigger, Input, TextField } from 'react-aria-components';
import type { CollectedClass, CollectedImage } from '../../state/dataset/collect-store.ts';
import { useServices } from '../context.ts';
import { IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import study from '../study/study.module.css';
import css from './dataset.module.css';
import { DATASET_WORDS } from './messages.ts';

/** Number of newest images shown; the others are only counted. */
const SHOWN = 12;

interface PictureProps {
  readonly image: CollectedImage;
  /** What pressing it does. */
  readonly label: string;
  readonly onRemove: () => void;
  readonly onUnreadable: () => void;
}

function Picture({ image, label, onRemove, onUnreadable }: PictureProps) {
  const address = useMemo(() => URL.createObjectURL(image.blob), [image]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <Button className={css.picture} aria-label={label} onPress={onRemove}>
      <img src={address} alt="" onError={onUnreadable} />
      <span className={css.pictureRemove}>
        <CloseIcon />
      </span>
    </Button>
  );
}

interface CollectClassProps {
  readonly entry: CollectedClass;
  readonly active: boolean;
  readonly removable: boolean;
}

export function CollectClass({ entry: { id, name, images }, active, removable }: CollectClassProps) {
  const { collect } = useServices();
  const words = DATASET_WORDS.collect;
  const first = Math.max(0, images.length - SHOWN);
  const [unreadable, setUnreadable] = useState<ReadonlySet<number>>(new Set());
  return (
    <li className={active ? `${css.collect} ${css.collectActive}` : css.collect}>
      <div className={css.collectHead}>
        <TextField
          aria-label={DATASET_WORDS.classes.nameOf(name)}
          className={css.field}
          value={name}
          maxLength={80}
          onChange={(next) => collect.rename(id, next)}
          onFocus={() => collect.choose(id)}
        >
          <Input className={study.textInput} />
        </TextField>
        {removable && (
          <IconButton name={words.removeClass(name)} onPress={() => collect.removeClass(id)}>
            <CloseIcon />
          </IconButton>
        )}
      </div>
      <div className={css.collectHead}>
        <span className={css.count}>{words.pictures(images.length)}</span>
        <span className={css.buttons}>
          <FileTrigger
            allowsMultiple
            acceptedFileTypes={['image/*']}
            onSelect={(list) => collect.bring(Array.from(list ?? []), id)}
          >
            <Button className={study.textButton}>{words.choose}</Button>
          </FileTrigger>
          <Button
            className={study.textButton}
            aria-pressed={active}
            isDisabled={active}
            onPress={() => collect.choose(id)}
          >
            {active ? words.selected : words.select}
          </Button>
        </span>
      </div>
      {images.length > 0 && (
        <div className={css.pictures}>
          {images.slice(first).map((image, i) => (
            <Picture
              key={image.id}
              image={image}
              label={words.removePicture(first + i + 1, name)}
              onRemove={() => collect.removeImage(id, image.id)}
              onUnreadable={() => setUnreadable((known) => new Set(known).add(image.id))}
            />
          ))}
        </div>
      )}
      {images.some((image) => unreadable.has(image.id)) && (
        <p className={study.note} role="status">
          {words.unreadable}
        </p>
      )}
    </li>
  );
}
