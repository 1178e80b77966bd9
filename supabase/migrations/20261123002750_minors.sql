-- Those under 18 in a call for videos that lets them take part: their guardian authorises, and two members of staff confirm it,
-- before anything is public (docs/decisions/0108). A minor leaves a first name or a pseudonym at most, and no whereabouts.

create table app.minors (
  submission_id uuid primary key references app.videos on delete cascade,
  guardian_name text check (app.visible_length(guardian_name) > 0 and char_length(guardian_name) <= 80),
  relationship text not null check (relationship in ('madre', 'padre', 'tutor', 'otra')),
  email text check (email = app.canonical_email(email)),
  phone text check (phone ~ '^\+?[0-9]{10,13}$'),
  reach text not null check (reach in ('email', 'phone')),   -- which of both was given, also after it was deleted
  assented_at timestamptz not null default app.now(),        -- the minor's own «yes»
  state text not null default 'waiting' check (state in ('waiting', 'authorised', 'refused', 'withdrawn')),
  token_hash text unique,            -- of the guardian's own link; null: none was sent
  expires_at timestamptz,            -- the link asks until then
  answered_at timestamptz,
  by_link boolean not null default false,        -- whether the guardian answered herself, and not through staff
  name_allowed boolean not null default false,   -- the first name or pseudonym may be shown
  check ((state = 'waiting') = (answered_at is null))
);
create index on app.minors (email) where by_link;
alter table app.minors enable row level security;
comment on table app.minors is
  'Personal data: that the author of a video is under 18; name, relationship and contact of the guardian. Readers: staff of its'
  ' campaign, without name and contact; those who decide there; the guardian by link. Kept: name and contact until the contacts of'
  ' the submission are erased or the guardian refuses or withdraws; the answer with the submission. Deleted by: app.forget_records.';
create trigger log_piece after update on app.minors for each row execute function app.log_submission_piece();

-- Who of the staff confirmed a minor's video: the first one with the guardian, and how; the second one that all of it is in order.
create table app.minor_checks (
  submission_id uuid not null references app.minors on delete cascade,
  user_id uuid not null,
  at timestamptz not null default app.now(),
  how text check (how in ('link', 'telephone', 'in_person', 'letter')),   -- of the first one
  on_day date check ((on_day is null) = (how is null)),
  primary key (submission_id, user_id)
);
create unique index minor_checks_first on app.minor_checks (submission_id) where how is not null;
alter table app.minor_checks enable row level security;
comment on table app.minor_checks is
  'Personal data: which members confirmed a video, and how. Readers: staff of its campaign. Kept: with the submission, until its'
  ' author changes it. Deleted by: app.forget_records.';

-- Receiving ------------------------------------------------------------------------------------------------

-- A contact in its only form: an address, or a telephone of 10 to 13 digits.
create function app.guardian_contact_of(p_text text, out email text, out phone text)
language plpgsql stable set search_path = '' as $$
begin
  if p_text like '%@%' then
    email := app.canonical_email(p_text);
    if email is null then perform app.refuse('email_invalid', 'guardian_contact'); end if;
    return;
  end if;
  phone := regexp_replace(coalesce(p_text, ''), '[\s().-]', '', 'g');
  if phone !~ '^\+?[0-9]{10,13}$' then perform app.refuse('malformed_op', 'guardian_contact'); end if;
end $$;

-- What a phone says of a minor, ready to insert; a row of nulls for an adult. A minor's name is one word of at most 30
-- characters, so that no surname stands beside it. A campaign that once let them take part still receives what phones held.
create function app.check_minor(p_op app.op, p_limits app.video_campaigns) returns app.minors
language plpgsql stable set search_path = '' as $$
declare
  v_said jsonb := case when p_op.v >= 2 then nullif(p_op.payload -> 'minor', 'null') end;
  v_name text := app.tidied(app.text_of(p_op.payload, 'display_name'));
  v_guardian jsonb := v_said -> 'guardian';
  v_minor app.minors;
begin
  if v_said is null then return null; end if;
  if not (p_limits.minors or p_limits.once_minors) then perform app.refuse('malformed_op', 'adult'); end if;
  if v_said -> 'assent' is distinct from 'true' then perform app.refuse('malformed_op', 'assent'); end if;
  if char_length(v_name) > 30 or v_name ~ '\s' then perform app.refuse('malformed_op', 'nickname'); end if;
  v_minor.submission_id := p_op.entity_id;
  v_minor.guardian_name := app.check_line(app.text_of(v_guardian, 'name'), 'guardian_name', 80);
  v_minor.relationship := app.text_of(v_guardian, 'relationship');
  if coalesce(v_minor.relationship, '') not in ('madre', 'padre', 'tutor', 'otra') then
    perform app.refuse('malformed_op', 'guardian_relationship');
  end if;
  select c.email, c.phone into v_minor.email, v_minor.phone from app.guardian_contact_of(app.text_of(v_guardian, 'contact')) c;
  v_minor.reach := case when v_minor.email is null then 'phone' else 'email' end;
  return v_minor;
end $$;

-- The payload of a minor without what tells where to find one: municipality, sector («estudiante»), own address.
create function app.without_whereabouts(p_payload jsonb) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
  return p_payload || '{"municipality": null, "sector": null, "email": null}';
end $$;

-- The answers that count at this age. Where a notice leaves free a consent of adults (`publish`) and another one of minors
-- (`publish_minor`), each answers their own; the other one is not kept, whatever a phone says of it.
create function app.answers_of_age(p_payload jsonb, p_minor boolean) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_free text[] := array(select c.value ->> 'key' from app.notices n, jsonb_array_elements(n.consents) c
    where n.id = app.parse_uuid(app.text_of(p_payload, 'notice_id')) and c.value -> 'required' = 'false');
begin
  if jsonb_typeof(p_payload -> 'consents') is distinct from 'array' then return p_payload; end if;
  return p_payload || jsonb_build_object('consents', (select coalesce(jsonb_agg(g.value order by g.ordinality), '[]')
    from jsonb_array_elements(p_payload -> 'consents') with ordinality g,
      lateral (select g.value ->> 'key' as key, regexp_replace(g.value ->> 'key', '_minor$', '') as base) k
    where not coalesce(array[k.key, k.base, k.base || '_minor'] <@ v_free and (k.key = k.base) = p_minor, false)));
end $$;

-- Asks the guardian by a letter with an own link. Opening it does nothing. Who left a telephone is called by staff.
create function app.ask_guardian(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_token text := app.new_token();
  v_until timestamptz := app.now() + interval '30 days';
  v_minor app.minors;
begin
  update app.minors m set token_hash = app.sha256_hex(v_token), expires_at = v_until
  where m.submission_id = p_submission and m.state = 'waiting' and m.email is not null returning * into v_minor;
  if not found then return; end if;
  perform app.queue_mail(v_minor.email, format('Te piden autorizar un video: folio %s', s.folio), format(
    E'Alguien menor de 18 años hizo un video para «%s» y dio tu correo para pedirte permiso.\n\nAquí lees de qué trata y qué se '
    || E'publicaría, y decides:\n{{app}}/autorizar#%s\n\nPuedes responder hasta el %s. Sin tu autorización no se publica nada. Si '
    || 'no sabes de quién se trata, no hagas nada. Guarda este correo: con el mismo enlace puedes retirar tu autorización.',
    c.title, v_token, app.spanish_instant(v_until)), app.now(), s.id, p_class => 'deadline', p_misses => v_until)
  from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id where s.id = p_submission;
  perform app.record_event(s.id, 'system', 'guardian_asked', s.state, s.state,
    p_message => 'Le pedimos permiso por correo a la persona adulta que anotaste. Sin su permiso no se publica nada.')
  from app.submissions s where s.id = p_submission;
end $$;

-- The guardian's contact counts as one of the submission. What may be part of a flood writes to nobody until staff release it.
create function app.receive_minor(p_minor app.minors) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.minors (submission_id, guardian_name, relationship, email, phone, reach)
  values (p_minor.submission_id, p_minor.guardian_name, p_minor.relationship, p_minor.email, p_minor.phone, p_minor.reach);
  update app.submissions s set has_contact = true where s.id = p_minor.submission_id;
  perform app.ask_guardian(s.id) from app.submissions s where s.id = p_minor.submission_id and s.quarantined_at is null;
end $$;

create function app.ask_released_guardian() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.ask_guardian(new.id);
  return null;
end $$;
create trigger ask_guardian after update on app.submissions for each row
  when (new.kind = 'videos' and old.quarantined_at is not null and new.quarantined_at is null
    and new.state in ('received', 'in_review')) execute function app.ask_released_guardian();

-- Name and contact of a guardian go with the contacts of the submission.
create function app.forget_guardian(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.minors m set guardian_name = null, email = null, phone = null where m.submission_id = p_submission;
end $$;

create function app.forget_guardian_too() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.forget_guardian(new.id);
  return null;
end $$;
create trigger forget_guardian after update on app.submissions for each row
  when (new.kind = 'videos' and old.has_contact and not new.has_contact) execute function app.forget_guardian_too();

-- The videos whose private link a guardian may recover: she authorised by a letter to this very address, and a minor leaves none.
create function app.videos_in_care(p_email text) returns setof uuid
language plpgsql stable set search_path = '' as $$
begin
  return query select m.submission_id from app.minors m where m.email = p_email and m.state = 'authorised' and m.by_link;
end $$;

-- What nobody passes ------------------------------------------------------------------------------------------

-- Whether the name that an author left may be shown, as far as age goes: that of a minor with the guardian's permission.
create function app.may_name(p_submission uuid) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return not exists (select from app.minors m where m.submission_id = p_submission
    and not (m.state = 'authorised' and m.name_allowed));
end $$;

-- A minor's video is accepted only with the guardian's authorisation, and thereby neither judged nor published before.
create function app.guard_minor() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if exists (select from app.minors m where m.submission_id = new.id and m.state <> 'authorised') then
    perform app.refuse('guardian_waiting', 'decision', 409);
  end if;
  return new;
end $$;
create trigger guard_minor before update on app.submissions for each row
  when (new.kind = 'videos' and new.state in ('accepted', 'published') and old.state is distinct from new.state)
  execute function app.guard_minor();

-- Refuses to publish a minor's video that two members have not confirmed.
create function app.check_minor_publishable(p_submission uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
  if exists (select from app.minors m where m.submission_id = p_submission
    and (m.state <> 'authorised' or (select count(*) from app.minor_checks k where k.submission_id = p_submission) < 2)) then
    perform app.refuse('minor_unchecked', 'decision', 409);
  end if;
end $$;

-- The second check falls away when the author changes what was checked. That staff spoke with the guardian stays.
create function app.forget_minor_checks(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  delete from app.minor_checks k where k.submission_id = p_submission and k.how is null;
end $$;

-- Reading -----------------------------------------------------------------------------------------------------

-- `expired`: the link asked in vain until its end. Staff may still note an answer.
create function app.authorisation_of(p_minor app.minors) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when p_minor.state = 'waiting' and p_minor.expires_at < app.now() then 'expired' else p_minor.state end;
end $$;

-- What the author of a video reads, under the key `minor`; nothing for an adult.
create function app.minor_standing(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('minor', jsonb_build_object('authorisation', app.authorisation_of(m)))
    from app.minors m where m.submission_id = p_submission), '{}');
end $$;

-- What staff read of it: never the guardian's name or contact.
create function app.minor_report(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select jsonb_build_object('minor', jsonb_build_object('authorisation', app.authorisation_of(m),
      'relationship', m.relationship, 'reach', m.reach, 'expires_at', m.expires_at, 'answered_at', m.answered_at,
      'by_link', m.by_link, 'name_allowed', m.name_allowed,
      'checks', (select coalesce(jsonb_agg(jsonb_build_object('name', app.staff_name(k.user_id), 'at', k.at, 'how', k.how,
          'on_day', k.on_day, 'mine', k.user_id = auth.uid()) order by k.at, k.user_id), '[]')
        from app.minor_checks k where k.submission_id = m.submission_id)))
    from app.minors m where m.submission_id = p_submission), '{}');
end $$;
