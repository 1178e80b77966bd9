-- The queue of letters, for whatever sends them (an Edge Function, or the embedded backend's inbox). Letters
-- are short and in plain Spanish. They never hold an author's secret: the private link stays with the author.
--
-- `class` says what a letter may do to an address:
--   asked     somebody asked for this letter by name: a code to recover a link, an invitation to the staff;
--   deadline  it names something that its reader can lose: a correction, a seat, an answer;
--   notice    everything else. All of it also stands on the folio's page.
-- app.take_letter decides which of them leave, and when.

create table app.mail_queue (
  id bigint generated always as identity primary key,
  submission_id uuid references app.submissions on delete cascade,
  event_id uuid references app.review_events,    -- the decision it tells of; undoing that cancels the letter
  recipient text not null,
  address_key text not null,
  class text not null check (class in ('asked', 'deadline', 'notice')),
  asks boolean not null default false,           -- this letter asks its reader to confirm the address
  subject text not null,
  body text not null,
  locale text not null default 'es-MX',          -- the language of its words (BCP 47)
  name uuid not null unique default gen_random_uuid(),   -- Message-ID and idempotency key: the same in every attempt
  send_after timestamptz not null,
  misses_at timestamptz,                         -- when its reader loses what it tells of; null: at no hour
  lease uuid,                                    -- the claim of the sender that took it last
  leased_until timestamptz,
  attempts int not null default 0,
  taken_at timestamptz,                          -- when it was first given to a sender: from then on it counts
  handed_at timestamptz,                         -- given to the mail service, whose answer is unknown until it is settled
  in_doubt boolean not null default false,       -- was given once more while the answer was unknown
  sent_at timestamptz,
  dead_at timestamptz,                           -- no sender tries again; `last_error` says why
  arrived_at timestamptz,                        -- the mail service says that the mailbox took it
  returned_at timestamptz,                       -- it came back, or its reader complained
  last_error text,
  push jsonb                                     -- a phone instead of a mailbox: {endpoint, p256dh, auth}, {} once sent
);
create index mail_due on app.mail_queue (send_after, id) where sent_at is null and dead_at is null;
create index on app.mail_queue (address_key, taken_at);
create index on app.mail_queue (event_id);
create index on app.mail_queue (submission_id);
alter table app.mail_queue enable row level security;
comment on table app.mail_queue is
  'Personal data: address and text of a letter or push until it was sent, then a keyed hash of the address. Readers: the server;'
  ' the inbox of the embedded backend. Kept: 30 days. Deleted by: app.sweep_mail.';

-- The end of every letter: the institution, and the label of a demonstration.
create function app.mail_signature() returns text
language plpgsql stable set search_path = '' as $$
begin
  return coalesce((select E'\n\n' || i.name || coalesce(E'\n' || i.demo_label, '') from app.institution i), '');
end $$;

-- Whether an address may still get letters of this class. A letter that its reader could not get leaves no row.
create function app.may_write(p_key text, p_class text) returns boolean
language plpgsql stable set search_path = '' as $$
begin
  return not exists (select from app.suppressed_addresses x where x.address_key = p_key)
    and (p_class = 'asked' or not exists (select from app.mail_addresses a where a.address_key = p_key
    and (a.stopped_at is not null or (a.confirmed_at is null and a.asked_at is not null
      and (p_class = 'notice' or a.deadlines_sent >= 3)))));
end $$;

-- Queues a letter to a canonical address. `{{app}}` in the body becomes the configured address of the app when the letter
-- leaves: a request may name any origin as its own. `p_misses`: when its reader loses what it tells of, so that it also
-- leaves at night.
create function app.queue_mail(p_recipient text, p_subject text, p_body text, p_send_after timestamptz,
  p_submission uuid default null, p_event uuid default null, p_class text default 'notice',
  p_misses timestamptz default null) returns void
language plpgsql volatile set search_path = '' as $$
begin
  insert into app.mail_queue (recipient, address_key, class, subject, body, send_after, submission_id, event_id, misses_at)
  select p_recipient, k.key, p_class, p_subject, p_body || app.mail_signature(), p_send_after, p_submission, p_event, p_misses
  from app.address_key(p_recipient) k (key) where app.may_write(k.key, p_class);
end $$;

-- The acknowledgement, for authors who left an address. Kinds with `own_receipt` write their own.
create function app.mail_receipt(p_submission uuid) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v record;
begin
  select s.folio, s.late, s.received_at, c.title, c.answer_by, k.noun, p.email into v
  from app.submissions s join app.convocatorias c on c.id = s.convocatoria_id
  join app.campaign_kinds k on k.kind = s.kind join app.contacts p on p.submission_id = s.id
  where s.id = p_submission and p.email is not null and not k.own_receipt;
  if not found then return; end if;
  perform app.queue_mail(v.email, format('Recibimos %s: folio %s', v.noun, v.folio), format(
    E'Recibimos %s en «%s».\n\nTu folio es %s.\nNos llegó el %s.%s\nTe respondemos a más tardar el %s.\n\n'
    || 'Para ver la respuesta, corregir o retirar, abre tu enlace privado. Por seguridad, este correo no lo incluye. '
    || 'Si lo pierdes, en la aplicación elige «Recuperar mi enlace».',
    v.noun, v.title, v.folio, app.spanish_instant(v.received_at),
    case when v.late then E'\nLlegó después del cierre y dentro del plazo de tolerancia: quedó marcada como tardía.' else '' end,
    app.spanish_day(v.answer_by)), app.now(), p_submission);
end $$;

-- Tells the author of a decision. Waits for a minute, because the decision can be undone until then.
create function app.mail_news(p_submission uuid, p_event uuid) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(p.email, format('Hay novedades en %s: folio %s', k.noun, s.folio), format(
    E'Hay novedades en %s %s.\n\nAbre tu enlace privado para leer la respuesta. Si lo perdiste, en la aplicación '
    || 'elige «Recuperar mi enlace».', k.noun, s.folio), app.now() + interval '1 minute', s.id, p_event, 'deadline')
  from app.submissions s join app.campaign_kinds k on k.kind = s.kind
  join app.contacts p on p.submission_id = s.id and p.email is not null
  where s.id = p_submission;
  perform app.queue_push(p_submission, 'deadline', app.now() + interval '1 minute', p_event);
end $$;

-- Removes letters sent, or due in vain, more than 30 days ago.
create function app.sweep_mail() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.mail_queue m where coalesce(m.sent_at, m.send_after) < app.now() - interval '30 days' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values (70, 'mail_swept', 'sweep_mail');
