-- The one form of the texts that people write. Everything that stores a text of an op, of a staff act or of an import
-- uses it (docs/decisions/0059-text-canon.md). src/domain/canon.ts has the same functions; tests/sql/textCanon.test.ts compares both.

-- The text in its only form. Line breaks of every kind become line feeds. Controls, marks of direction, characters of no
-- width, places of objects and characters that are none go. A joiner stays inside an emoji, and both joiners stay after a
-- letter of a script that needs them; tags stay in a flag. NFC. Its own form is itself. `p_formatted`: U+2063 at its beginning
-- stays, which marks a formatted text (docs/formatted-text.md).
create function app.canon(p_text text, p_formatted boolean default false) returns text
language plpgsql immutable parallel safe as $$
declare
  v_text text := p_text;
  v_before text;
begin
  -- Letters, signs and emoji without any of these, as almost every text is.
  if p_text !~ '[^\u0009\u000a\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\ua78b\ua78c\U0001F300-\U0001FAFF]' then return p_text; end if;
  if p_formatted and left(p_text, 1) = U&'\2063' then return left(p_text, 1) || app.canon(substr(p_text, 2)); end if;
  v_text := regexp_replace(v_text, '\r\n|[\u000b-\u000d\u0085\u2028\u2029]', E'\n', 'g');
  v_text := normalize(regexp_replace(v_text, '[\u0001-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u034f\u061c\u180e\u200b\u200e\u200f'
    '\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ufffe\uffff]', '', 'g'), nfc);
  loop   -- marks change places once no joiner stands between them, and may leave another joiner alone
    v_before := v_text;
    v_text := normalize(regexp_replace(v_text, '(\U0001F3F4[\U000E0020-\U000E007E]+\U000E007F'
      '|[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001F000-\U0001FAFF]\u200d(?=[\u2190-\u2bff\U0001F000-\U0001FAFF])'
      '|[\u0600-\u109f\u1780-\u1b7f\ua840-\uabff\ufb50-\ufdff\ufe70-\ufefc][\u200c\u200d])'
      '|[\u200c\u200d\U000E0000-\U000E007F]', '\1', 'g'), nfc);
    if v_text is not distinct from v_before then return v_text; end if;
  end loop;
end $$;

-- The value with every text in it in its only form. The names of its members stay.
create function app.canon_json(p_value jsonb, p_formatted boolean default false) returns jsonb
language plpgsql immutable parallel safe as $$
begin
  if p_value::text !~ '[^\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\ua78b\ua78c\U0001F300-\U0001FAFF]|\\[^nt"\\]' then
    return p_value;
  end if;
  return case jsonb_typeof(p_value)
    when 'string' then to_jsonb(app.canon(p_value #>> '{}', p_formatted))
    when 'array' then (select jsonb_agg(app.canon_json(e.value, p_formatted) order by e.ordinality)
      from jsonb_array_elements(p_value) with ordinality e)
    when 'object' then (select jsonb_object_agg(e.key, app.canon_json(e.value, p_formatted)) from jsonb_each(p_value) e)
    else p_value end;
end $$;

-- The text without the white space that JavaScript's trim() removes from both ends.
create function app.trimmed(p_text text) returns text
language plpgsql immutable parallel safe as $$
begin
  return regexp_replace(p_text,
    '^[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+'
    || '|[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+$', '', 'g');
end $$;

-- The text of a field of one line, in its only form: white space as single spaces, none at the ends.
create function app.tidied(p_text text) returns text
language plpgsql immutable parallel safe as $$
begin
  return app.trimmed(regexp_replace(app.canon(p_text),
    '[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+', ' ', 'g'));
end $$;

-- How many of the text's code points draw something, spaces between them included: an emoji counts 1, a letter with its
-- marks 1, a mark alone, a blank of Braille or a filler of Hangul 0. The set: general category M, Default_Ignorable_Code_Point
-- and U+2800 (Unicode 17).
create function app.visible_length(p_text text) returns int
language plpgsql immutable parallel safe as $$
begin
  if p_text !~ '[^\u0009\u000a\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff]' then return char_length(app.trimmed(p_text)); end if;
  return char_length(app.trimmed(regexp_replace(app.canon(p_text), '['
    '\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u061c'
    '\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0'
    '\u07eb-\u07f3\u07fd\u0816-\u0819\u081b-\u0823\u0825-\u0827\u0829-\u082d\u0859-\u085b\u0897-\u089f'
    '\u08ca-\u08e1\u08e3-\u0903\u093a-\u093c\u093e-\u094f\u0951-\u0957\u0962\u0963\u0981-\u0983\u09bc'
    '\u09be-\u09c4\u09c7\u09c8\u09cb-\u09cd\u09d7\u09e2\u09e3\u09fe\u0a01-\u0a03\u0a3c\u0a3e-\u0a42\u0a47'
    '\u0a48\u0a4b-\u0a4d\u0a51\u0a70\u0a71\u0a75\u0a81-\u0a83\u0abc\u0abe-\u0ac5\u0ac7-\u0ac9\u0acb-\u0acd'
    '\u0ae2\u0ae3\u0afa-\u0aff\u0b01-\u0b03\u0b3c\u0b3e-\u0b44\u0b47\u0b48\u0b4b-\u0b4d\u0b55-\u0b57\u0b62'
    '\u0b63\u0b82\u0bbe-\u0bc2\u0bc6-\u0bc8\u0bca-\u0bcd\u0bd7\u0c00-\u0c04\u0c3c\u0c3e-\u0c44\u0c46-\u0c48'
    '\u0c4a-\u0c4d\u0c55\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc\u0cbe-\u0cc4\u0cc6-\u0cc8\u0cca-\u0ccd\u0cd5'
    '\u0cd6\u0ce2\u0ce3\u0cf3\u0d00-\u0d03\u0d3b\u0d3c\u0d3e-\u0d44\u0d46-\u0d48\u0d4a-\u0d4d\u0d57\u0d62'
    '\u0d63\u0d81-\u0d83\u0dca\u0dcf-\u0dd4\u0dd6\u0dd8-\u0ddf\u0df2\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e'
    '\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u0f18\u0f19\u0f35\u0f37\u0f39\u0f3e\u0f3f\u0f71-\u0f84\u0f86\u0f87'
    '\u0f8d-\u0f97\u0f99-\u0fbc\u0fc6\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d'
    '\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d\u115f\u1160\u135d-\u135f\u1712-\u1715\u1732-\u1734\u1752'
    '\u1753\u1772\u1773\u17b4-\u17d3\u17dd\u180b-\u180f\u1885\u1886\u18a9\u1920-\u192b\u1930-\u193b'
    '\u1a17-\u1a1b\u1a55-\u1a5e\u1a60-\u1a7c\u1a7f\u1ab0-\u1add\u1ae0-\u1aeb\u1b00-\u1b04\u1b34-\u1b44'
    '\u1b6b-\u1b73\u1b80-\u1b82\u1ba1-\u1bad\u1be6-\u1bf3\u1c24-\u1c37\u1cd0-\u1cd2\u1cd4-\u1ce8\u1ced\u1cf4'
    '\u1cf7-\u1cf9\u1dc0-\u1dff\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u2800\u2cef-\u2cf1\u2d7f'
    '\u2de0-\u2dff\u302a-\u302f\u3099\u309a\u3164\ua66f-\ua672\ua674-\ua67d\ua69e\ua69f\ua6f0\ua6f1\ua802'
    '\ua806\ua80b\ua823-\ua827\ua82c\ua880\ua881\ua8b4-\ua8c5\ua8e0-\ua8f1\ua8ff\ua926-\ua92d\ua947-\ua953'
    '\ua980-\ua983\ua9b3-\ua9c0\ua9e5\uaa29-\uaa36\uaa43\uaa4c\uaa4d\uaa7b-\uaa7d\uaab0\uaab2-\uaab4\uaab7'
    '\uaab8\uaabe\uaabf\uaac1\uaaeb-\uaaef\uaaf5\uaaf6\uabe3-\uabea\uabec\uabed\ufb1e\ufe00-\ufe0f'
    '\ufe20-\ufe2f\ufeff\uffa0\ufff0-\ufff8\U000101FD\U000102E0\U00010376-\U0001037A\U00010A01-\U00010A03'
    '\U00010A05\U00010A06\U00010A0C-\U00010A0F\U00010A38-\U00010A3A\U00010A3F\U00010AE5\U00010AE6'
    '\U00010D24-\U00010D27\U00010D69-\U00010D6D\U00010EAB\U00010EAC\U00010EFA-\U00010EFF\U00010F46-\U00010F50'
    '\U00010F82-\U00010F85\U00011000-\U00011002\U00011038-\U00011046\U00011070\U00011073\U00011074'
    '\U0001107F-\U00011082\U000110B0-\U000110BA\U000110C2\U00011100-\U00011102\U00011127-\U00011134\U00011145'
    '\U00011146\U00011173\U00011180-\U00011182\U000111B3-\U000111C0\U000111C9-\U000111CC\U000111CE\U000111CF'
    '\U0001122C-\U00011237\U0001123E\U00011241\U000112DF-\U000112EA\U00011300-\U00011303\U0001133B\U0001133C'
    '\U0001133E-\U00011344\U00011347\U00011348\U0001134B-\U0001134D\U00011357\U00011362\U00011363'
    '\U00011366-\U0001136C\U00011370-\U00011374\U000113B8-\U000113C0\U000113C2\U000113C5\U000113C7-\U000113CA'
    '\U000113CC-\U000113D0\U000113D2\U000113E1\U000113E2\U00011435-\U00011446\U0001145E\U000114B0-\U000114C3'
    '\U000115AF-\U000115B5\U000115B8-\U000115C0\U000115DC\U000115DD\U00011630-\U00011640\U000116AB-\U000116B7'
    '\U0001171D-\U0001172B\U0001182C-\U0001183A\U00011930-\U00011935\U00011937\U00011938\U0001193B-\U0001193E'
    '\U00011940\U00011942\U00011943\U000119D1-\U000119D7\U000119DA-\U000119E0\U000119E4\U00011A01-\U00011A0A'
    '\U00011A33-\U00011A39\U00011A3B-\U00011A3E\U00011A47\U00011A51-\U00011A5B\U00011A8A-\U00011A99'
    '\U00011B60-\U00011B67\U00011C2F-\U00011C36\U00011C38-\U00011C3F\U00011C92-\U00011CA7'
    '\U00011CA9-\U00011CB6\U00011D31-\U00011D36\U00011D3A\U00011D3C\U00011D3D\U00011D3F-\U00011D45\U00011D47'
    '\U00011D8A-\U00011D8E\U00011D90\U00011D91\U00011D93-\U00011D97\U00011EF3-\U00011EF6\U00011F00\U00011F01'
    '\U00011F03\U00011F34-\U00011F3A\U00011F3E-\U00011F42\U00011F5A\U00013440\U00013447-\U00013455'
    '\U0001611E-\U0001612F\U00016AF0-\U00016AF4\U00016B30-\U00016B36\U00016F4F\U00016F51-\U00016F87'
    '\U00016F8F-\U00016F92\U00016FE4\U00016FF0\U00016FF1\U0001BC9D\U0001BC9E\U0001BCA0-\U0001BCA3'
    '\U0001CF00-\U0001CF2D\U0001CF30-\U0001CF46\U0001D165-\U0001D169\U0001D16D-\U0001D182'
    '\U0001D185-\U0001D18B\U0001D1AA-\U0001D1AD\U0001D242-\U0001D244\U0001DA00-\U0001DA36'
    '\U0001DA3B-\U0001DA6C\U0001DA75\U0001DA84\U0001DA9B-\U0001DA9F\U0001DAA1-\U0001DAAF\U0001E000-\U0001E006'
    '\U0001E008-\U0001E018\U0001E01B-\U0001E021\U0001E023\U0001E024\U0001E026-\U0001E02A\U0001E08F'
    '\U0001E130-\U0001E136\U0001E2AE\U0001E2EC-\U0001E2EF\U0001E4EC-\U0001E4EF\U0001E5EE\U0001E5EF\U0001E6E3'
    '\U0001E6E6\U0001E6EE\U0001E6EF\U0001E6F5\U0001E8D0-\U0001E8D6\U0001E944-\U0001E94A\U000E0000-\U000E0FFF'
    ']', '', 'g')));
end $$;

-- The text, trimmed; null when nothing of it is visible.
create function app.visible_text(p_text text) returns text
language plpgsql immutable parallel safe as $$
begin
  return case when app.visible_length(p_text) > 0 then app.trimmed(p_text) end;
end $$;
