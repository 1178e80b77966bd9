-- The one form of an e-mail address. Every column and every comparison uses it, and nothing folds letters further: two
-- addresses are the same when their bytes are.

-- The address in its only form, or null. Invisible characters and outer white space go; A–Z become a–z. What is before
-- the @: atoms of RFC 5322 joined by single dots, and Latin letters with accents (U+00C0–U+017F, NFC), up to 64 bytes.
-- The domain: at least two labels of ASCII letters, digits and inner hyphens, the last one of letters or an A-label.
-- A domain of other letters is converted by the phone (IDNA, src/domain/email.ts); tests/sql compares both.
create function app.canonical_email(p_email text) returns text
language plpgsql immutable parallel safe set search_path = '' as $$
declare
  v_email text := translate(app.trimmed(normalize(regexp_replace(p_email,
    '[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]', '', 'g'), nfc)),
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz');
begin
  return case when v_email ~ (E'^[a-z0-9!#$%&''*+/=?^_`{|}~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f-]+'
      || E'(\\.[a-z0-9!#$%&''*+/=?^_`{|}~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u017f-]+)*'
      || '@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])$')
    and octet_length(split_part(v_email, '@', 1)) <= 64 and char_length(v_email) <= 254
    then v_email end;
end $$;
