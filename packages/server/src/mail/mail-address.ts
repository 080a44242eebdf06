/**
 * One mail address and nothing beside it: no name, no list, no comment, no control character, nothing that a mail
 * server could read as another line or a second receiver. Narrower than RFC 5321.
 */
export const MAIL_ADDRESS = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/
