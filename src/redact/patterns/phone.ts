import type { RedactPattern } from '../pattern.ts';

/** Source: ITU-T E.164. Without the plus sign nothing tells it from other numbers. */
const pattern: RedactPattern = {
  title: 'Telephone numbers',
  rank: 27,
  kind: 'phone',
  find: /(?<![\w+.-])\+[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,4}\)?){2,5}(?!\w)/g,
  accepts: (value) => value.replace(/\D/g, '').length >= 8,
  masks: ['INVITE sip:‹+49 30 901820›', 'sms to ‹+1-202-555-0143›'],
  keeps: ['zone +0200', '1+2', 'offset +120'],
};

export default pattern;
