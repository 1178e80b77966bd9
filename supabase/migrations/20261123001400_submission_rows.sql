-- What the author of a submission reads, and what everybody reads of a published one.

-- The events that an author reads of: without decisions that staff reverted within their minute, work on transcripts and
-- copies, another file, an arrival that was noted by mistake, and corrections that nobody asked for.
create view app.told_events with (security_invoker = true) as
select e.* from app.review_events e
where e.kind not in ('undone', 'transcribed', 'captioned', 'prepared', 'copy_noted', 'copy_removed', 'file_replaced', 'arrival_undone',
    'minor_checked')
  and (e.kind <> 'corrected' or e.from_state <> e.to_state)
  and not exists (select from app.review_events u where u.undoes = e.id);

-- The author's messages; `step` names those of the analysis, which change no state.
create function app.messages_of(p_submission uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select coalesce(jsonb_agg(jsonb_build_object('at', e.at, 'from', e.source, 'state', e.to_state,
    'reason_code', e.reason_code, 'text', e.message)
      || case when e.kind in ('merged', 'parted', 'split', 'joined', 'answered', 'followed') then jsonb_build_object('step', e.kind) else '{}' end
    order by e.seq), '[]')
  from app.told_events e where e.submission_id = p_submission);
end $$;

-- When what was kept of its author was erased. Keys come only with a value: older phones do not know them.
create function app.erasures_of(p_submission app.submissions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_strip_nulls(jsonb_build_object('contact_erased_at', p_submission.contact_erased_at,
    'content_erased_at', p_submission.content_erased_at));
end $$;

-- What letters the author gets: `none`, `unusable` (no letter can reach what was written), `unconfirmed`, `confirmed` or
-- `stopped`.
create function app.mail_of(p_contact app.contacts) returns text
language plpgsql stable set search_path = '' as $$
begin
  return case when p_contact.email_unusable then 'unusable' when p_contact.email is null then 'none'
    else app.address_state(p_contact.email_key) end;
end $$;

-- Entity `submission` of scope `mine`. The caller must have checked the secret: this function does not.
create function app.submission_row(p_id uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', s.id, 'folio', s.folio, 'kind', s.kind, 'convocatoria_id', s.convocatoria_id,
    'convocatoria_title', c.title, 'convocatoria_slug', c.slug, 'state', s.state, 'version', s.version,
    'captured_at', s.captured_at, 'received_at', s.received_at, 'late', s.late, 'answer_by', c.answer_by,
    'correction_until', case when s.state = 'correction_requested' then s.correction_until end,
    'undo_withdrawal_until', case when s.withdrawn_from is not null then s.withdrawn_at + interval '24 hours' end,
    'has_email', p.email is not null, 'mail', app.mail_of(p), 'display_name', p.display_name,
    'content', app.call_kind_function(k.content_function, s.id), 'messages', app.messages_of(s.id))
    || app.erasures_of(s) || app.second_review_of(s)
  from app.submissions s
  join app.convocatorias c on c.id = s.convocatoria_id
  join app.campaign_kinds k on k.kind = s.kind
  left join app.contacts p on p.submission_id = s.id
  where s.id = p_id);
end $$;

-- What the author of a submission allowed, by the notice that each consent answered.
create function app.allowed_by_author(p_submission uuid) returns text[]
language plpgsql stable set search_path = '' as $$
begin
  return array(select distinct a from app.consents g join app.submissions s on s.id = g.submission_id
    join app.notices n on n.id = g.notice_id cross join jsonb_array_elements(n.consents) e,
    unnest(app.consent_grants(s.kind, e.value)) a
    where g.submission_id = p_submission and g.granted and e.value ->> 'key' = g.key);
end $$;

-- What everybody reads of a published submission: folio, day and reply are the institution's, and of the rest each key
-- is null unless its author allowed what opens it.
create function app.public_item(p_submission uuid, p_kind text, p_item jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
  v_allowed text[] := app.allowed_by_author(p_submission);
  v_open text[] := array['folio', 'published_at', 'reply'] || array(select unnest(p.columns) from app.kind_permissions p
    where p.kind = p_kind and p.permission = any (v_allowed));
begin
  return (select jsonb_object_agg(i.key, case when i.key = any (v_open) then i.value else 'null' end)
    from jsonb_each(p_item) i);
end $$;

-- The latest answer of staff to a published submission, or null. Answers that were reverted, or given before the decision was
-- reopened, do not count.
create function app.public_reply(p_submission uuid) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select e.message from app.review_events e where e.submission_id = p_submission and e.kind in ('accept', 'publish')
    and e.message is not null and not exists (select from app.review_events u where u.undoes = e.id or (u.submission_id = e.submission_id
      and u.kind = 'reopen' and u.seq > e.seq and not exists (select from app.review_events b where b.undoes = u.id)))
  order by e.seq desc limit 1);
end $$;
