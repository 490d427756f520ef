import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BadSignal, packDescription, unpackDescription } from './signal.ts';

const FINGERPRINT = Array.from({ length: 32 }, (_, i) => (7 * i + 3).toString(16).padStart(2, '0').toUpperCase()).join(
  ':',
);

/** As browsers write them, with what is left out. */
const sdp = (setup: string): string =>
  [
    ...[
      'v=0',
      'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
      's=-',
      't=0 0',
      'a=group:BUNDLE 0',
      'a=msid-semantic: WMS',
    ],
    ...['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'c=IN IP4 0.0.0.0'],
    'a=candidate:1 1 udp 2113937151 2f3c1c9e-84a9-4c5e-9c70-b3b1e2f0a111.local 51000 typ host generation 0 network-cost 999',
    'a=candidate:2 1 UDP 2113939711 fd00::12 51001 typ host generation 0',
    'a=candidate:3 1 udp 1677729535 203.0.113.7 61000 typ srflx raddr 192.168.1.5 rport 51000 generation 0',
    'a=candidate:4 1 tcp 1518280447 192.168.1.5 9 typ host tcptype active',
    ...['a=ice-ufrag:EsAw', 'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1', 'a=ice-options:trickle'],
    ...[`a=fingerprint:sha-256 ${FINGERPRINT}`, `a=setup:${setup}`, 'a=mid:0', 'a=sctp-port:5000'],
    'a=max-message-size:262144',
  ].join('\r\n') + '\r\n';

describe('a session description as text', () => {
  it('keeps what two devices need, is short, and says it again the same way', () => {
    const code = packDescription({ type: 'offer', sdp: sdp('actpass') });
    expect(code).toMatch(/^[\w-]+$/);
    expect(code.length).toBeLessThan(230);
    const { type, sdp: written } = unpackDescription(`  ${code.slice(0, 50)}\n${code.slice(50)} `, 'offer');
    expect(type).toBe('offer');
    for (const line of [
      'a=ice-ufrag:EsAw',
      'a=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1',
      `a=fingerprint:sha-256 ${FINGERPRINT}`,
    ])
      expect(written.split('\r\n')).toContain(line);
    for (const part of ['b3b1e2f0a111.local 51000 typ host', 'fd00::12 51001 typ host', '203.0.113.7 61000 typ srflx'])
      expect(written).toContain(part);
    expect(written).not.toContain('tcp ');
    expect(packDescription({ type, sdp: written })).toBe(code);
  });

  it('of the other kind, of another version or damaged is refused, and nothing else happens', () => {
    const code = packDescription({ type: 'answer', sdp: sdp('active') });
    expect(unpackDescription(code, 'answer').sdp).toContain('a=setup:active');
    expect(() => unpackDescription(code, 'offer')).toThrow(BadSignal);
    for (const bad of ['', 'a', code.slice(0, -5), `${code}AAAA`, `B${code.slice(1)}`, 'x'.repeat(5000), '<b>'])
      expect(() => unpackDescription(bad, 'answer')).toThrow(BadSignal);
    fc.assert(
      fc.property(fc.nat(code.length - 1), fc.constantFrom(...'ABab01_-'), (at, letter) => {
        try {
          const { sdp: written } = unpackDescription(code.slice(0, at) + letter + code.slice(at + 1), 'answer');
          // No text can add a line.
          expect(written.split('\r\n').every((line) => line === '' || /^[a-z]=[^\r\n]*$/.test(line))).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(BadSignal);
        }
      }),
    );
  });

  it('answers one invitation: an answer to another is refused, however the invitation was copied', () => {
    const invitation = packDescription({ type: 'offer', sdp: sdp('actpass') });
    const code = packDescription(
      { type: 'answer', sdp: sdp('active') },
      `${invitation.slice(0, 40)}\n ${invitation.slice(40)}`,
    );
    expect(unpackDescription(code, 'answer', invitation).type).toBe('answer');
    const newer = packDescription({ type: 'offer', sdp: sdp('actpass').replace('EsAw', 'EsAx') });
    expect(() => unpackDescription(code, 'answer', newer)).toThrow(BadSignal);
  });

  it('that no browser writes is not packed', () => {
    expect(() => packDescription({ type: 'offer', sdp: '' })).toThrow(BadSignal);
    expect(() => packDescription({ type: 'offer', sdp: sdp('actpass').replace('sha-256', 'sha-1') })).toThrow(
      BadSignal,
    );
  });
});
