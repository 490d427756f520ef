/** Offers to unite a file with the study on the page, from which it differs in its seeds only, or to show it instead. */
import { useStore } from 'zustand/react';
import { studyOnPage } from '../../state/adapters/adapters-store.ts';
import type { HandedIn } from '../../state/study/classroom.ts';
import { fitOf, heldOnPage, showUnited } from '../../state/study/unite-studies.ts';
import { showAlone } from '../../state/study/open-study-file.ts';
import css from '../App.module.css';
import { useServices, useStudy } from '../context.ts';
import { Button, IconButton } from '../controls/Button.tsx';
import { CloseIcon } from '../controls/icons.tsx';
import { seedsText } from '../format.ts';
import { CLASSROOM_WORDS } from './messages.ts';

export function StudyOffer() {
  const offer = useStore(useServices().classroom, (state) => state.offer);
  return offer && <Offer offer={offer} />;
}

function Offer({ offer }: { offer: HandedIn }) {
  const services = useServices();
  const { adapters, classroom } = services;
  const shelved = useStore(adapters, (state) => state.shelved);
  const result = useStudy((state) => studyOnPage(state, { shelved }).result);
  const idle = useStudy((state) => state.status === 'idle');
  const dismiss = () => classroom.setState({ offer: null });
  // The page may show another study by now.
  const fit = result && fitOf(result, offer.result);
  const unite = () => {
    const held = heldOnPage(services);
    if (held) showUnited([held, offer], services);
    dismiss();
  };
  const own = offer.result.config.seeds;
  const words = CLASSROOM_WORDS.offer;
  return (
    <div className={css.notice} role="status">
      <p>{fit?.kind === 'unites' ? words.fits(offer.path, seedsText(own)) : words.fitsNoMore(offer.path)}</p>
      <div className={css.choices}>
        {fit?.kind === 'unites' && (
          <Button kind="primary" isDisabled={!idle} onPress={unite}>
            {words.unite(seedsText(fit.seeds))}
          </Button>
        )}
        <Button kind="quiet" isDisabled={!idle} onPress={() => showAlone(offer, services)}>
          {words.showInstead}
        </Button>
        <IconButton name={words.leave} onPress={dismiss}>
          <CloseIcon />
        </IconButton>
      </div>
    </div>
  );
}
