import { useEffect, useEffectEvent } from 'react';
import { invitationIn } from '../../../../state/room/class-address.ts';

/** Hears of an invitation whose address is opened where the page is already: the browser does not load the page again for it. */
export function useInvitation(invited: (invitation: string) => void): void {
  const look = useEffectEvent(() => {
    const invitation = invitationIn(location.hash);
    if (invitation !== null) invited(invitation);
  });
  useEffect(() => {
    const heard = (): void => look();
    window.addEventListener('hashchange', heard);
    return () => window.removeEventListener('hashchange', heard);
  }, []);
}
