-- Recognition of people and bodies that produced and spread useful material. It is a constancia of another kind: one number, one
-- serial, one signature and one list of those that ended serve both (docs/decisions/0103).

-- Checks ----------------------------------------------------------------------------------------------------

-- The links of a payload: one to three pages that anybody may open, short enough for a code on paper.
create function app.check_evidence(p_links jsonb) returns text[]
language plpgsql stable set search_path = '' as $$
declare
  v_links text[];
begin
  if jsonb_typeof(p_links) is distinct from 'array' or jsonb_array_length(p_links) > 3 then perform app.refuse('malformed_op', 'links'); end if;
  v_links := array(select app.tidied(e.value #>> '{}') from jsonb_array_elements(p_links) with ordinality e
    where app.visible_length(app.tidied(coalesce(e.value #>> '{}', ''))) > 0 order by e.ordinality);
  if v_links = '{}' then perform app.refuse('evidence_required', 'links'); end if;
  if exists (select from unnest(v_links) l where char_length(l) > 120 or l !~ '^https://[^[:space:]/]+\.[^[:space:]]+$') then
    perform app.refuse('evidence_invalid', 'links');
  end if;
  return v_links;
end $$;

-- One line of at most so many code points, or a refusal.
create function app.check_line(p_text text, p_field text, p_max int) returns text
language plpgsql stable set search_path = '' as $$
begin
  if app.visible_length(coalesce(p_text, '')) = 0 then perform app.refuse('text_required', p_field); end if;
  if char_length(app.tidied(p_text)) > p_max then perform app.refuse('text_too_long', p_field); end if;
  return app.tidied(p_text);
end $$;

-- The published work of this folio, whose author, and the guardian of one under 18, allowed the name that was left.
create function app.recognised_work(p_convocatoria uuid, p_folio text) returns app.submissions
language plpgsql stable set search_path = '' as $$
declare
  v_submission app.submissions;
begin
  select * into v_submission from app.submissions s
  where s.folio = p_folio and s.convocatoria_id = p_convocatoria and s.state = 'published' and s.content_erased_at is null;
  if not found then perform app.refuse('work_unknown', 'folio', 404); end if;
  if not coalesce('name' = any (app.allowed_by_author(v_submission.id)), false) or not app.may_name(v_submission.id)
    or not exists (select from app.contacts c where c.submission_id = v_submission.id and c.display_name is not null) then
    perform app.refuse('name_not_allowed', 'folio', 409);
  end if;
  return v_submission;
end $$;

-- What a recognition says, a line each: kind, name, work, links, campaign, issuer, label of a demonstration.
create function app.recognition_facts(p_recognition app.recognitions) returns text
language plpgsql stable set search_path = '' as $$
begin
  return (select concat_ws(E'\n', 'reconocimiento', app.one_line(p_recognition.name, 120), app.one_line(p_recognition.work, 160),
      array_to_string(p_recognition.links, ' '), app.one_line(c.title, 120), app.one_line(i.name, 120), app.one_line(i.demo_label, 80))
    from app.convocatorias c cross join app.institution i where c.id = p_recognition.convocatoria_id);
end $$;

-- Acts ------------------------------------------------------------------------------------------------------

-- The recognition with its code, which the page prints and copies.
create function app.recognition_row(p_recognition app.recognitions) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', p_recognition.id, 'holder', p_recognition.holder, 'name', p_recognition.name,
      'work', p_recognition.work, 'links', p_recognition.links, 'folio', u.folio, 'consent', p_recognition.consent,
      'granted_at', p_recognition.granted_at, 'granted_by', app.staff_name(p_recognition.granted_by), 'serial', s.serial,
      'ended_on', s.ended_on, 'revoked_by', app.staff_name(p_recognition.revoked_by), 'revoke_reason', p_recognition.revoke_reason,
      'code', app.code_of(n))
    from app.constancias n join app.constancia_serials s on s.number = n.number
    left join app.submissions u on u.id = p_recognition.submission_id where n.recognition_id = p_recognition.id);
end $$;

-- A published call for videos, for its readers, or for its coordination.
create function app.recognition_desk(p_campaign app.convocatorias) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return jsonb_build_object('id', p_campaign.id, 'title', p_campaign.title, 'can_grant', app.has_role(array['coordinator'], p_campaign.id),
    'items', (select coalesce(jsonb_agg(app.recognition_row(r) order by r.granted_at desc, r.id), '[]')
      from app.recognitions r where r.convocatoria_id = p_campaign.id));
end $$;

create function public.list_recognitions(p_id uuid) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
begin
  return app.recognition_desk(app.selection_campaign(p_id));
end $$;
grant execute on function public.list_recognitions(uuid) to authenticated;

-- Notes an event on the folio of the recognised work, for its author.
create function app.tell_author(p_submission uuid, p_event text, p_text text) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_state text := (select s.state from app.submissions s where s.id = p_submission);
begin
  if v_state is null then return; end if;
  perform app.touch_submission(p_submission);
  perform app.mail_news(p_submission, app.record_event(p_submission, 'staff', p_event, v_state, v_state, p_message => p_text,
    p_actor => auth.uid()));
end $$;

-- Grants one: {id, holder, folio} for the author of a published work, {id, holder, name, consent} for another person, {id, holder,
-- name} for a body; each with {work, links}. The same id a second time changes nothing.
create function public.grant_recognition(p_id uuid, p_data jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id);
  v_data jsonb;
  v_new app.recognitions;
  v_work app.submissions;
  v_number int;
begin
  if not app.has_role(array['coordinator'], p_id) then perform app.refuse('not_allowed', null, 403); end if;
  perform app.refuse_huge_numbers(p_data);
  v_data := app.canon_json(p_data);
  v_new.id := app.parse_uuid(app.text_of(v_data, 'id'));
  v_new.holder := app.text_of(v_data, 'holder');
  if v_new.id is null or coalesce(v_new.holder, '') not in ('person', 'body') then perform app.refuse('malformed_op', 'holder', 400); end if;
  if exists (select from app.recognitions r where r.id = v_new.id) then return app.recognition_desk(v_campaign); end if;
  if v_new.holder = 'person' and app.text_of(v_data, 'folio') is not null then
    v_work := app.recognised_work(p_id, app.text_of(v_data, 'folio'));
    v_new.name := (select app.tidied(c.display_name) from app.contacts c where c.submission_id = v_work.id);
    v_new.consent := 'app';
  else
    v_new.name := app.check_line(app.text_of(v_data, 'name'), 'name', 120);
    v_new.consent := case when v_new.holder = 'person' then app.text_of(v_data, 'consent') end;
    if v_new.holder = 'person' and coalesce(v_new.consent, '') not in ('in_person', 'telephone', 'letter') then
      perform app.refuse('name_consent_required', 'consent');
    end if;
  end if;
  v_new.work := app.check_line(app.text_of(v_data, 'work'), 'work', 160);
  v_new.links := app.check_evidence(v_data -> 'links');
  insert into app.recognitions (id, convocatoria_id, submission_id, holder, name, work, links, consent, granted_by)
  values (v_new.id, p_id, v_work.id, v_new.holder, v_new.name, v_new.work, v_new.links, v_new.consent, auth.uid()) returning * into v_new;
  insert into app.constancia_serials (serial, issued_on) values (app.new_serial(), app.local_day(app.now())) returning number into v_number;
  insert into app.constancias (number, recognition_id, facts) values (v_number, v_new.id, app.recognition_facts(v_new));
  perform app.log_jury(p_id, 'recognised', v_work.id);
  perform app.tell_author(v_work.id, 'constancia_issued', format('Te otorgamos un reconocimiento por «%s». Su folio es %s.', v_new.work,
    (select s.serial from app.constancia_serials s where s.number = v_number)));
  return app.recognition_desk(v_campaign);
end $$;
grant execute on function public.grant_recognition(uuid, jsonb) to authenticated;

-- A recognition is valid no more. It stays in the list of those that ended.
create function public.revoke_recognition(p_id uuid, p_recognition uuid, p_reason text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
  v_campaign app.convocatorias := app.selection_campaign(p_id);
  v_reason text := app.required_reason(p_reason);
  v_old app.recognitions;
  v_serial text;
begin
  if not app.has_role(array['coordinator'], p_id) then perform app.refuse('not_allowed', null, 403); end if;
  select * into v_old from app.recognitions r where r.id = p_recognition and r.convocatoria_id = p_id for update;
  if not found then perform app.refuse('constancia_unknown', null, 404); end if;
  if v_old.revoked_by is not null then return app.recognition_desk(v_campaign); end if;
  update app.recognitions r set revoked_by = auth.uid(), revoke_reason = v_reason where r.id = p_recognition;
  update app.constancia_serials s set ended_on = app.local_day(app.now()), ended_as = 'revoked' from app.constancias n
  where n.recognition_id = p_recognition and s.number = n.number returning s.serial into v_serial;
  perform app.log_jury(p_id, 'unrecognised', v_old.submission_id, p_reason => v_reason);
  perform app.tell_author(v_old.submission_id, 'constancia_revoked', format(
    E'Revocamos tu reconocimiento con folio %s. Quien lo verifique leerá que ya no vale.\n\nMotivo: %s', v_serial, v_reason));
  return app.recognition_desk(v_campaign);
end $$;
grant execute on function public.revoke_recognition(uuid, uuid, text) to authenticated;

-- Once it is signed, its person gets the link that shows and proves it. Nobody else has an address here.
create function app.send_recognition() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.queue_mail(c.email, format('Tu reconocimiento está listo: folio %s', u.folio), format(
    E'Te otorgamos un reconocimiento por «%s», en «%s».\n\nEste enlace lo muestra y comprueba que es auténtico. Guárdalo: puedes '
    || E'enseñarlo a quien quieras. Tu enlace privado también dice que lo tienes.\n\n{{app}}/verificar#%s', r.work, k.title, app.code_of(new)), app.now(), r.submission_id)
  from app.recognitions r join app.contacts c on c.submission_id = r.submission_id and c.email is not null
  join app.submissions u on u.id = r.submission_id join app.convocatorias k on k.id = r.convocatoria_id
  where r.id = new.recognition_id and r.revoked_by is null;
  return null;
end $$;
create trigger send_recognition after update on app.constancias for each row
  when (old.signature is null and new.signature is not null and new.recognition_id is not null) execute function app.send_recognition();

-- Deletes those of no submission, with a receipt, when the records of their campaign end.
create function app.forget_recognitions() returns int
language plpgsql volatile set search_path = '' as $$
declare
  v_count int := 0;
  v_due record;
begin
  for v_due in select c.id, k.amount from app.convocatorias c cross join lateral (select app.kept_for(c, 'keep_records_years') as amount) k
    where exists (select from app.recognitions r where r.convocatoria_id = c.id and r.submission_id is null)
      and app.end_of_campaign(c) <= app.now() - make_interval(years => k.amount) loop
    with gone as (delete from app.recognitions r where r.convocatoria_id = v_due.id and r.submission_id is null returning 1)
    select count(*) into v_count from gone;
    perform app.record_deletion('records', v_due.id, v_due.amount, v_count);
  end loop;
  return v_count;
end $$;
insert into app.due_jobs (position, name, handler) values (33, 'recognitions_forgotten', 'forget_recognitions');
