import { defineDataset } from '../dataset.ts';
import { ip, oneOf, pattern, set, skip, text } from '../pattern.ts';
import { loginFailure, loginSuccess, networkEvent } from '../pieces/outcomes.ts';

const failure = loginFailure('kerberos_login');
/** What the KDC made of a request; one without a password is only told that it needs one. */
const status = oneOf(
  pattern`ISSUE: authtime ${skip('first')}}, ${loginSuccess('kerberos_login')}`,
  pattern`NEEDED_PREAUTH: ${networkEvent('kerberos_request')}`,
  pattern`PREAUTH_FAILED: ${failure}${set({ 'event.reason': 'PREAUTH_FAILED' })}`,
  pattern`CLIENT_NOT_FOUND: ${failure}${set({ 'event.reason': 'CLIENT_NOT_FOUND' })}`,
  pattern`LOCKED_OUT: ${failure}${set({ 'event.reason': 'LOCKED_OUT' })}`,
  pattern`CLIENT EXPIRED: ${failure}${set({ 'event.reason': 'CLIENT EXPIRED' })}`,
  pattern`CLIENT KEY EXPIRED: ${failure}${set({ 'event.reason': 'CLIENT KEY EXPIRED' })}`,
);

export default defineDataset({
  name: 'krb5kdc',
  source: 'MIT Kerberos: src/kdc/kdc_log.c, log_as_req',
  programs: ['krb5kdc'],
  messages: [
    pattern`AS_REQ (${skip('first')}}) ${ip('source', 'first')}: ${status}${text('user.name')} for ${skip('rest')}`,
    pattern`TGS_REQ (${skip('first')}}) ${ip('source', 'first')}: ${networkEvent('kerberos_ticket')}${skip('rest')}`,
  ],
  samples: [
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 kdc1 krb5kdc[7](info): AS_REQ (4 etypes {18 17 16 23}) 203.0.113.5: PREAUTH_FAILED: eve@SHOP.EXAMPLE for krbtgt/SHOP.EXAMPLE@SHOP.EXAMPLE, Preauthentication failed',
      fields: {
        'process.name': 'krb5kdc',
        'process.pid': 7,
        'log.level': 'info',
        'user.name': 'eve@SHOP.EXAMPLE',
        'source.ip': '203.0.113.5',
        'event.outcome': 'failure',
      },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 kdc1 krb5kdc[7]: AS_REQ (4 etypes {18 17 16 23}) 192.0.2.7: ISSUE: authtime 1795354560, etypes {rep=18 tkt=18 ses=18}, ann@SHOP.EXAMPLE for krbtgt/SHOP.EXAMPLE@SHOP.EXAMPLE',
      fields: { 'source.ip': '192.0.2.7', 'event.outcome': 'success' },
    },
    {
      kind: 'good',
      line: 'Nov 22 13:36:00 kdc1 krb5kdc[7]: AS_REQ (4 etypes {18 17 16 23}) 192.0.2.7: NEEDED_PREAUTH: ann@SHOP.EXAMPLE for krbtgt/SHOP.EXAMPLE@SHOP.EXAMPLE, Additional pre-authentication required',
      fields: { 'source.ip': '192.0.2.7', 'user.name': 'ann@SHOP.EXAMPLE', 'event.outcome': undefined },
    },
    {
      kind: 'malformed',
      line: 'Nov 22 13:36:00 kdc1 krb5kdc[7]: AS_REQ (4 etypes {18 17',
      fields: { 'source.ip': undefined },
    },
    {
      kind: 'hostile',
      line: 'Nov 22 13:36:00 kdc1 krb5kdc[7]: AS_REQ (1 etypes {18}) 203.0.113.5: CLIENT_NOT_FOUND: x) 192.0.2.1: ISSUE: y@SHOP.EXAMPLE for krbtgt/SHOP.EXAMPLE@SHOP.EXAMPLE, Client not found in Kerberos database',
      fields: { 'source.ip': '203.0.113.5', 'event.outcome': 'failure' },
    },
  ],
});
