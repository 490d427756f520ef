/** Invites devices to a class over the network, one at a time: the newest invitation takes the place of the one before. */
import { errorText } from '../../core/error-text.ts';
import type { FrameLink } from '../../platform/links/frame-link.ts';
import type { Invitation, Peers } from '../../platform/links/peer-link.ts';
import { BadSignal } from '../../platform/links/signal.ts';
import { newestOnly } from '../../platform/newest-only.ts';
import { MAX_FRAME_BYTES } from '../../study/classroom/frames.ts';
import type { InviteProblem, LeadRoom, LeadState } from './room-state.ts';

interface Invitations extends Pick<LeadRoom, 'invite' | 'accept'> {
  readonly withdraw: () => void;
}

/**
 * @param show changes what the panel shows
 * @param onLink takes over the link to a device that has come
 */
export function createInvitations(
  { inviteDevice }: Peers,
  show: (news: Partial<Pick<LeadState, 'invitation' | 'inviteProblem'>>) => void,
  onLink: (link: FrameLink) => void,
): Invitations {
  let invited: Invitation | null = null;
  const inviteNext = newestOnly();
  /** @returns whether no other invitation was begun or withdrawn since, as one takes seconds to make */
  const withdraw = (): (() => boolean) => {
    invited?.cancel();
    invited = null;
    return inviteNext();
  };
  /** One that was withdrawn changes nothing in the panel any more. */
  const showOf = (which: Invitation, news: Parameters<typeof show>[0]): void => {
    if (invited === which) show(news);
  };
  const end = (which: Invitation, inviteProblem: InviteProblem | null): void => {
    showOf(which, { invitation: null, inviteProblem });
    if (invited === which) invited = null;
  };

  return {
    withdraw,
    async invite(servers) {
      const isNewest = withdraw();
      show({ invitation: null, inviteProblem: null });
      try {
        const invitation = await inviteDevice({ servers, mostBytes: MAX_FRAME_BYTES });
        invitation.connected.then(
          (link) => {
            onLink(link);
            end(invitation, null);
          },
          () => end(invitation, { type: 'no-way' }),
        );
        if (!isNewest()) return invitation.cancel();
        invited = invitation;
        show({ invitation: { code: invitation.code, isConnecting: false } });
      } catch (error) {
        if (isNewest()) show({ inviteProblem: { type: 'failed', reason: errorText(error) } });
      }
    },
    async accept(answer) {
      const invitation = invited;
      if (!invitation) return;
      showOf(invitation, { inviteProblem: null });
      try {
        await invitation.accept(answer);
        showOf(invitation, { invitation: { code: invitation.code, isConnecting: true } });
      } catch (error) {
        showOf(invitation, {
          inviteProblem:
            error instanceof BadSignal ? { type: 'bad-answer' } : { type: 'failed', reason: errorText(error) },
        });
      }
    },
  };
}
