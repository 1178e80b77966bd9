-- What every kind asks of a person, checked in the order of src/domain/refusals.ts; and the writing of a
-- submission: folio, secret, contact, consents, event and letter.

-- The name to show, trimmed; null when the author stays anonymous.
create function app.check_name(p_name text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p_name is null then return null; end if;
  if app.visible_length(p_name) = 0 then
    perform app.refuse('name_required', 'display_name');
  elsif char_length(app.tidied(p_name)) > 80 then
    perform app.refuse('name_too_long', 'display_name');
  end if;
  return app.tidied(p_name);
end $$;

create function app.check_sector(p_sector text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p_sector not in ('academia', 'servicio_publico', 'empresa', 'estudiante', 'sociedad_civil', 'otro') then
    perform app.refuse('sector_unknown', 'sector');
  end if;
  return p_sector;
end $$;

-- One of the 125 keys of INEGI, or «fuera» for people who live elsewhere.
create function app.check_municipality(p_municipality text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if p_municipality <> 'fuera'
    and not exists (select from app.municipalities m where m.cve = p_municipality) then
    perform app.refuse('municipality_unknown', 'municipality');
  end if;
  return p_municipality;
end $$;

-- The address in its only form; null when there is none. Only a letter to it proves the address.
create function app.check_email(p_email text) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.canonical_email(p_email) is null and p_email is not null then perform app.refuse('email_invalid', 'email'); end if;
  return app.canonical_email(p_email);
end $$;

-- Whether a phone of version 0.1 took the text for an address. White space is that of JavaScript's \s.
create function app.was_email(p_email text) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
  return char_length(p_email) <= 254
    and p_email !~ '[\u0009-\u000d\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]'
    and p_email ~ '^[^@<>"'',;:\\()[\]]+@[^@.]+(\.[^@.]+)+$';
end $$;

-- Refuses what no version of the app took for an address. What an older phone took for one, and is none, refuses
-- nothing: the campaign may have closed since the person wrote. The submission is received without it, and its author
-- reads why.
create function app.check_contact(p_email text) returns void
language plpgsql stable set search_path = '' as $$
begin
  if app.canonical_email(p_email) is null and not app.was_email(p_email) then
    perform app.refuse('email_invalid', 'email');
  end if;
end $$;

-- Checks the choices, then the notice. Each key occurs once, the notice names every key, and every required
-- one is granted. The notice must be the campaign's present one: the phone asks again when it is outdated.
create function app.check_consents(p_payload jsonb, p_current uuid) returns void
language plpgsql stable set search_path = '' as $$
declare
  v_given jsonb := p_payload -> 'consents';
  v_notice app.notices;
begin
  if jsonb_typeof(v_given) is distinct from 'array' or jsonb_array_length(v_given) > 20 or exists (
    select from jsonb_array_elements(v_given) g where jsonb_typeof(g.value -> 'key') is distinct from 'string'
      or jsonb_typeof(g.value -> 'granted') is distinct from 'boolean') then
    perform app.refuse('malformed_op', 'consents');
  end if;
  select * into v_notice from app.notices n where n.id = app.parse_uuid(app.text_of(p_payload, 'notice_id'));
  if found and ((select count(distinct g.value ->> 'key') <> count(*) from jsonb_array_elements(v_given) g)
    or exists (select from jsonb_array_elements(v_given) g
      where not v_notice.consents @> jsonb_build_array(jsonb_build_object('key', g.value -> 'key')))
    or exists (select from jsonb_array_elements(v_notice.consents) r where (r.value -> 'required')::boolean
      and not v_given @> jsonb_build_array(jsonb_build_object('key', r.value -> 'key', 'granted', true)))) then
    perform app.refuse('consent_missing', 'consents');
  end if;
  if v_notice.id is distinct from p_current or v_notice.hash is distinct from app.text_of(p_payload, 'notice_hash') then
    perform app.refuse('notice_outdated', 'notice', 409);
  end if;
  if app.parse_instant(app.text_of(p_payload, 'consented_at')) is null then
    perform app.refuse('malformed_op', 'consented_at');
  end if;
  if coalesce(app.text_of(p_payload, 'locale'), '') !~ '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$' then
    perform app.refuse('malformed_op', 'locale');
  end if;
end $$;

-- Whether a submission with this id exists. Refuses the id of another author's submission.
create function app.is_received(p_op app.op) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  if p_op.secret !~ '^[A-Za-z0-9_-]{22,64}$' then perform app.refuse('malformed_op', 'secret'); end if;
  if not exists (select from app.submissions s where s.id = p_op.entity_id) then return false; end if;
  if not app.is_author(p_op.entity_id, p_op.secret) then perform app.refuse('submission_unknown', null, 404); end if;
  return true;
end $$;

-- The published campaign of this kind that the payload names. Refuses any other.
create function app.target_convocatoria(p_payload jsonb, p_kind text) returns app.convocatorias
language plpgsql stable set search_path = '' as $$
declare
  v_convocatoria app.convocatorias;
begin
  select * into v_convocatoria from app.convocatorias c
  where c.id = app.parse_uuid(app.text_of(p_payload, 'convocatoria_id')) and c.kind = p_kind and c.published;
  if not found then perform app.refuse('convocatoria_unknown', 'convocatoria_id', 404); end if;
  return v_convocatoria;
end $$;

-- What an author reads of a submission that a member of staff wrote for them, captured from paper, or took in an assembly; null
-- for their own.
create function app.channel_words(p_channel text) returns text
language plpgsql immutable set search_path = '' as $$
begin
  return case when p_channel = 'paper' then 'Llegó en una hoja de papel. El equipo copió lo que escribiste y los permisos que '
      || 'marcaste. Si algo no es tuyo, avisa al contacto de ayuda.'
    when p_channel = 'brigade' then 'Se tomó en una brigada, en el teléfono de una persona del equipo. Ahí respondiste cada permiso. '
      || 'Si no fue así, avisa al contacto de ayuda.'
    when p_channel <> 'app' then format('El equipo hizo este registro porque usted lo pidió %s. Le leyó el aviso de '
    || 'privacidad y usted lo aceptó. Si no fue así, avise al contacto de ayuda.', case p_channel
      when 'telephone' then 'por teléfono' when 'in_person' then 'en persona' else 'por escrito' end) end;
end $$;

-- Writes what all kinds share. Never refuses a caller: what is part of a flood waits in quarantine, and its receipt with it,
-- because the address may be a stranger's. Answers the folio, or null when another connection wrote this id first.
-- p_channel: `app`, or how it came to the member of staff who calls. What staff hand in is no flood, however much comes at once.
create function app.receive_submission(p_op app.op, p_convocatoria app.convocatorias, p_late boolean, p_search text,
  p_channel text default 'app')
returns text language plpgsql volatile set search_path = '' as $$
declare
  v_folio text := app.next_folio(p_convocatoria.kind);
  v_payload jsonb := p_op.payload;
  v_is_flood boolean := p_channel = 'app' and app.is_flood(p_convocatoria.kind);
  v_member uuid := case when p_channel <> 'app' then auth.uid() end;
  v_first timestamptz := p_convocatoria.opens_at - interval '1 day';   -- nobody wrote before there was anything to answer
begin
  insert into app.submissions (id, convocatoria_id, kind, folio, captured_at, late, has_contact, quarantined_at)
  values (p_op.entity_id, p_convocatoria.id, p_convocatoria.kind, v_folio,
    app.plausible_instant(p_op.captured_at, v_first), p_late,
    coalesce(v_payload ->> 'display_name', v_payload ->> 'email') is not null, case when v_is_flood then app.now() end)
  on conflict (id) do nothing;
  if not found then return null; end if;
  insert into app.access_secrets (submission_id, secret_hash) values (p_op.entity_id, app.sha256_hex(p_op.secret));
  insert into app.contacts (submission_id, display_name, email, email_key, email_unusable)
  select p_op.entity_id, app.tidied(v_payload ->> 'display_name'), e.email, app.address_key(e.email),
    v_payload ->> 'email' is not null and e.email is null
  from app.canonical_email(v_payload ->> 'email') e (email);
  insert into app.consents (submission_id, key, notice_id, notice_hash, granted, locale, consented_at, channel, noted_by)
  select p_op.entity_id, g.value ->> 'key', p_convocatoria.notice_id, v_payload ->> 'notice_hash',
    (g.value -> 'granted')::boolean, v_payload ->> 'locale',
    app.plausible_instant(app.parse_instant(v_payload ->> 'consented_at'), v_first), p_channel, v_member
  from jsonb_array_elements(v_payload -> 'consents') g;
  perform app.write_search(p_op.entity_id, p_search,
    v_payload || jsonb_build_object('part', coalesce(v_payload ->> 'part_id', v_payload ->> 'pillar', 'none')));
  perform app.record_event(p_op.entity_id, case p_channel when 'app' then 'author' else 'staff' end, 'received', null,
    'received', p_message => app.channel_words(p_channel), p_actor => v_member);
  if not v_is_flood and v_payload ->> 'email' is not null then perform app.mail_receipt(p_op.entity_id); end if;
  return v_folio;
end $$;
