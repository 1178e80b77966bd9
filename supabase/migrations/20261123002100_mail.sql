-- The queue of letters, for whatever sends them (an Edge Function, or the embedded backend's inbox). Letters
-- are short and in plain Spanish. They never hold an author's secret: the private link stays with the author.

create table app.mail_queue (
  id bigint generated always as identity primary key,
  submission_id uuid references app.submissions on delete cascade,
  event_id uuid references app.review_events,    -- the decision it tells of; undoing that cancels the letter
  recipient text not null,
  subject text not null,
  body text not null,
  send_after timestamptz not null,
  leased_until timestamptz,
  attempts int not null default 0,
  sent_at timestamptz,
  last_error text
);
create index mail_due on app.mail_queue (send_after, id) where sent_at is null;
create index on app.mail_queue (event_id);
create index on app.mail_queue (submission_id);
alter table app.mail_queue enable row level security;
comment on table app.mail_queue is
  'Personal data: address and text of a letter. Readers: the server; the inbox of the embedded backend. Kept: 30'
  ' days after it was or should have been sent. Deleted by: app.sweep_mail.';

-- The end of every letter: the institution, and the label of a demonstration.
create function app.mail_signature() returns text
language sql stable set search_path = '' as $$
  select coalesce((select E'\n\n' || i.name || coalesce(E'\n' || i.demo_label, '') from app.institution i), '')
$$;

create function app.queue_mail(p_recipient text, p_subject text, p_body text, p_send_after timestamptz,
  p_submission uuid default null, p_event uuid default null) returns void
language sql volatile set search_path = '' as $$
  insert into app.mail_queue (recipient, subject, body, send_after, submission_id, event_id)
  values (p_recipient, p_subject, p_body || app.mail_signature(), p_send_after, p_submission, p_event)
$$;

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
language sql volatile set search_path = '' as $$
  select app.queue_mail(p.email, format('Hay novedades en %s: folio %s', k.noun, s.folio), format(
    E'Hay novedades en %s %s.\n\nAbre tu enlace privado para leer la respuesta. Si lo perdiste, en la aplicación '
    || 'elige «Recuperar mi enlace».', k.noun, s.folio), app.now() + interval '1 minute', s.id, p_event)
  from app.submissions s join app.campaign_kinds k on k.kind = s.kind
  join app.contacts p on p.submission_id = s.id and p.email is not null
  where s.id = p_submission
$$;

-- Due letters, leased for two minutes: those of a sender that dies become due again. `from` is null until the
-- institution has said which address its letters come from.
create function public.take_mail(p_limit int) returns jsonb
language sql volatile security definer set search_path = '' as $$
  with due as (
    select m.id from app.mail_queue m
    where m.sent_at is null and m.send_after <= app.now() and m.attempts < 10
      and (m.leased_until is null or m.leased_until <= app.now())
    order by m.send_after, m.id limit least(greatest(p_limit, 0), 100) for update skip locked
  ), taken as (
    update app.mail_queue m set leased_until = app.now() + interval '2 minutes', attempts = m.attempts + 1
    from due where m.id = due.id returning m.id, m.recipient, m.subject, m.body
  )
  select coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'to', t.recipient, 'subject', t.subject, 'body', t.body,
    'from', (select jsonb_build_object('name', i.short_name, 'address', i.mail_from) from app.institution i))
    order by t.id), '[]') from taken t
$$;
grant execute on function public.take_mail(int) to service_role;

-- Records the outcome of a letter. A sent letter loses its text and address. A failed one waits twice as long
-- each time.
create function public.settle_mail(p_id bigint, p_error text default null) returns void
language sql volatile security definer set search_path = '' as $$
  update app.mail_queue m set
    sent_at = case when p_error is null then app.now() end,
    recipient = case when p_error is null then '' else m.recipient end,
    subject = case when p_error is null then '' else m.subject end,
    body = case when p_error is null then '' else m.body end,
    last_error = left(p_error, 200),
    leased_until = case when p_error is not null then app.now() + interval '1 minute' * power(2, least(m.attempts, 8)) end
  where m.id = p_id and m.sent_at is null
$$;
grant execute on function public.settle_mail(bigint, text) to service_role;

-- Removes letters sent more than 30 days ago, and those that could not be sent for as long.
create function app.sweep_mail() returns int
language sql volatile set search_path = '' as $$
  with gone as (
    delete from app.mail_queue m where coalesce(m.sent_at, m.send_after) < app.now() - interval '30 days' returning 1
  ) select count(*)::int from gone
$$;

insert into app.due_jobs (position, name, handler) values (70, 'mail_swept', 'sweep_mail');
