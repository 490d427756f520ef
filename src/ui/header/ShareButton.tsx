import { useState } from 'react';
import { Button, Dialog, DialogTrigger, Input, Popover, TextField } from 'react-aria-components';
import { linkTo, type ResultLink } from '../../state/url.ts';
import { GOOD_LENGTH } from '../../share/result-link.ts';
import { useServices, useStudy } from '../context.ts';
import controls from '../controls/controls.module.css';
import { ShareIcon } from '../controls/icons.tsx';
import { integer } from '../format.ts';
import { saveText } from '../charts/download.ts';
import css from './header.module.css';

interface Shared extends ResultLink {
  readonly copied: boolean;
}

/** Copies a link that holds the study and its curves, and says what it holds. */
export function ShareButton() {
  const { study } = useServices();
  const result = useStudy((state) => state.result);
  const [shared, setShared] = useState<Shared | null>(null);
  const make = async () => {
    const current = study.getState().result;
    if (!current) return;
    const link = linkTo(current, document.baseURI);
    setShared({ ...link, copied: false });
    try {
      await navigator.clipboard.writeText(link.address);
      setShared({ ...link, copied: true });
    } catch {
      // No permission to write to the clipboard: the field below holds the link to copy by hand.
    }
  };
  return (
    <DialogTrigger
      onOpenChange={(open) => {
        if (open) void make();
      }}
    >
      <Button className={css.headerButton} isDisabled={!result} aria-label="Share the result as a link">
        <ShareIcon />
        <span className={css.wideOnly}>Share</span>
      </Button>
      <Popover className={controls.popover} placement="bottom end" offset={4}>
        <Dialog className={css.share} aria-label="Share">
          <p className={css.shareTitle}>{shared?.copied ? 'Link copied' : 'Copy this link'}</p>
          {shared && (
            <>
              <TextField aria-label="Link to this result" value={shared.address} isReadOnly>
                <Input className={css.shareInput} onFocus={(event) => event.currentTarget.select()} />
              </TextField>
              <p className={css.muted}>
                {integer(shared.address.length)} characters. Holds the settings, seeds, curves and numbers shown; no
                images, no adapters, nothing about you. It opens without computing anything.
              </p>
              {shared.leftOut.length > 0 && (
                <p className={css.muted}>To keep it short it leaves out {shared.leftOut.join('; ')}.</p>
              )}
              {shared.address.length > GOOD_LENGTH && (
                <p className={css.muted}>
                  Some chat programs cut links above {integer(GOOD_LENGTH)} characters; the file below is always whole.
                </p>
              )}
            </>
          )}
          <Button
            className={css.fileButton}
            onPress={() => {
              const current = study.getState().result;
              if (current) saveText(JSON.stringify(current), 'copra-study.json', 'application/json');
            }}
          >
            Save the result as a file
          </Button>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
