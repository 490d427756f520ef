import { Button, Dialog, DialogTrigger, Popover } from 'react-aria-components';
import { memo, type ReactElement, type ReactNode } from 'react';
import css from './controls.module.css';
import { InfoIcon } from './icons.tsx';
import { CONTROL_WORDS } from './messages.ts';
import { unbrokenTexts } from '../unbroken-texts.tsx';

/** A component, so that the texts are gone through only while the dialog is open. */
const Note = ({ children }: { children: ReactNode }) => unbrokenTexts(children);

/** A small "i" or another symbol that opens an explanation. Works with mouse, touch and keyboard, and is not modal. */
export const InfoTip = memo(function InfoTip({
  about,
  icon = <InfoIcon />,
  children,
}: {
  about: string;
  icon?: ReactElement;
  children: ReactNode;
}) {
  return (
    <DialogTrigger>
      <Button className={css.info} aria-label={CONTROL_WORDS.about(about)}>
        {icon}
      </Button>
      <Popover className={css.popover} placement="bottom start" offset={6}>
        <Dialog className={css.note} aria-label={about}>
          <Note>{children}</Note>
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
});
