-- Deletes what is due, up to 500 rows a call and rule. A row that somebody else holds waits for the next call. Each call
-- leaves a receipt for every campaign, in the same transaction.

-- Those of the due submissions that nobody else changes now, locked, with a receipt.
create function app.take_due(p_rule text) returns uuid[]
language plpgsql volatile set search_path = '' as $$
declare
  v_due record;
  v_ids uuid[];
  v_taken uuid[] := '{}';
begin
  for v_due in execute format('select d.convocatoria_id, d.amount, array_agg(d.submission_id order by d.submission_id) as ids
    from app.%I(app.now(), 500) d group by d.convocatoria_id, d.amount', 'due_' || p_rule) loop
    v_ids := array(select s.id from app.submissions s where s.id = any (v_due.ids) order by s.id for update skip locked);
    if cardinality(v_ids) > 0 then
      perform app.record_deletion(p_rule, v_due.convocatoria_id, v_due.amount, cardinality(v_ids));
    end if;
    v_taken := v_taken || v_ids;
  end loop;
  return v_taken;
end $$;

-- Empties contacts. p_only_email: the name stays for as long as the attendance.
create function app.empty_contacts(p_ids uuid[], p_only_email boolean) returns void
language plpgsql volatile set search_path = '' as $$
begin
  update app.submission_search w set words = ts_delete(w.words,
    tsvector_to_array(to_tsvector('pg_catalog.simple', app.folded(c.display_name))))
  from app.contacts c where not p_only_email and c.submission_id = w.submission_id and c.submission_id = any (p_ids)
    and c.display_name is not null;
  update app.contacts c set email = null, email_key = null, email_unusable = false,
    display_name = case when p_only_email then c.display_name end
  where c.submission_id = any (p_ids) and (c.email is not null or c.email_unusable or c.display_name is not null);
  delete from app.mail_queue m where m.submission_id = any (p_ids) and m.sent_at is null;
  update app.submissions s set has_contact = false, contact_erased_at = app.now(), version = s.version + 1
  where s.id = any (p_ids) and s.has_contact;
end $$;

-- Erases what authors wrote, in the way of each kind, and takes it out of the staff's search.
create function app.erase_contents(p_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_one record;
begin
  for v_one in select s.id, k.erase_function from app.submissions s join app.campaign_kinds k on k.kind = s.kind
    where s.id = any (p_ids) loop
    execute format('select app.%I($1)', v_one.erase_function) using v_one.id;
  end loop;
  delete from app.submission_search w where w.submission_id = any (p_ids);
  perform app.erase_salts(p_ids);
  update app.submissions s set content_erased_at = app.now(), version = s.version + 1
  where s.id = any (p_ids);
end $$;

create function app.erase_contacts() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.take_due('contacts');
  v_attended uuid[] := array(select s.id from app.submissions s join app.campaign_kinds k on k.kind = s.kind
    where s.id = any (v_ids) and k.attended);
begin
  perform app.empty_contacts(v_attended, true);
  perform app.empty_contacts(array(select i from unnest(v_ids) i where i <> all (v_attended)), false);
  return cardinality(v_ids);
end $$;

-- Erases what a rule finds due: contacts and contents.
create function app.erase_due(p_rule text) returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.take_due(p_rule);
begin
  perform app.empty_contacts(v_ids, false);
  perform app.erase_contents(v_ids);
  return cardinality(v_ids);
end $$;

create function app.erase_withdrawn() returns int
language plpgsql volatile set search_path = '' as $$
begin
  return app.erase_due('withdrawn');
end $$;

create function app.erase_attendance() returns int
language plpgsql volatile set search_path = '' as $$
begin
  return app.erase_due('attendance');
end $$;

-- Queues the erasure of stored files; a published one has left its page before.
create function app.queue_erasures(p_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_media_job('erase', m.id) from app.media_uploads m
  where m.submission_id = any (p_ids) and m.status in ('attached', 'verified', 'mismatch')
    and not exists (select from app.media_jobs j where j.media_id = m.id and j.done_at is null and j.kind = 'erase'
      and j.replaced is null);
end $$;

create function app.erase_videos() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.take_due('unselected');
begin
  perform app.queue_erasures(v_ids);
  perform app.erase_contents(v_ids);
  return cardinality(v_ids);
end $$;

-- A published video expires with its licence, which removes its public copy; the files of all are erased.
create function app.end_licences() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.take_due('licences');
begin
  perform app.record_event(s.id, 'system', 'licence_ended', 'published', 'expired')
  from app.submissions s where s.id = any (v_ids) and s.state = 'published';
  update app.submissions s set state = 'expired', published_at = null, version = s.version + 1
  where s.id = any (v_ids) and s.state = 'published';
  perform app.queue_erasures(v_ids);
  return cardinality(v_ids);
end $$;

-- Deletes submissions with everything that hangs on them: links, contact, consents, content and events.
create function app.forget_records() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_ids uuid[] := app.take_due('records');
begin
  perform app.erase_salts(v_ids);
  delete from app.submissions s where s.id = any (v_ids);
  return cardinality(v_ids);
end $$;

create function app.forget_invitations() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int;
begin
  with gone as (
    delete from app.staff_invitations i
    where least(i.accepted_at, i.cancelled_at, i.expires_at) <= app.now() - interval '30 days' returning 1
  ) select count(*) into v_count from gone;
  return v_count;
end $$;

insert into app.due_jobs (position, name, handler) values
  (21, 'licences_ended', 'end_licences'),
  (22, 'withdrawn_erased', 'erase_withdrawn'),
  (23, 'videos_erased', 'erase_videos'),
  (24, 'attendance_erased', 'erase_attendance'),
  (25, 'contacts_erased', 'erase_contacts'),
  (26, 'records_forgotten', 'forget_records'),
  (98, 'invitations_forgotten', 'forget_invitations');
