-- Which changes of the shared tables reach the change log.

-- Logs a public entity. Arguments: the entity, the column that holds its id, and 'part' when the row is only a
-- part of that entity, which then changes instead of disappearing.
create function app.log_public() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_old text := case when tg_op <> 'INSERT' then to_jsonb(old) ->> tg_argv[1] end;
  v_new text := case when tg_op <> 'DELETE' then to_jsonb(new) ->> tg_argv[1] end;
begin
  if v_old is distinct from v_new and v_old is not null then
    perform app.log_change('public', tg_argv[0], v_old, case when tg_argv[2] = 'part' then 'put' else 'remove' end);
  end if;
  if v_new is not null then perform app.log_change('public', tg_argv[0], v_new); end if;
  return null;
end $$;

create trigger log_insert after insert or delete on app.convocatorias
  for each row execute function app.log_public('convocatoria', 'id', 'whole');
create trigger log_update after update on app.convocatorias
  for each row when (old.* is distinct from new.*) execute function app.log_public('convocatoria', 'id', 'whole');
create trigger log_insert after insert or delete on app.insumos
  for each row execute function app.log_public('insumo', 'id', 'whole');
create trigger log_update after update on app.insumos
  for each row when (old.* is distinct from new.*) execute function app.log_public('insumo', 'id', 'whole');
create trigger log_insert after insert or delete on app.milestones
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.milestones for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.topics
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.topics for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_insert after insert or delete on app.parts
  for each row execute function app.log_public('convocatoria', 'convocatoria_id', 'part');
create trigger log_update after update on app.parts for each row when (old.* is distinct from new.*)
  execute function app.log_public('convocatoria', 'convocatoria_id', 'part');

-- A campaign makes its notice public, and hides it again unless another campaign uses it or somebody answered it.
create function app.log_campaign_notice() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if new.published then perform app.log_change('public', 'notice', new.notice_id::text); end if;
  if old.published and not app.is_public_notice(old.notice_id) then
    perform app.log_change('public', 'notice', old.notice_id::text, 'remove');
  end if;
  return null;
end $$;
create trigger log_notice after insert or delete on app.convocatorias
  for each row execute function app.log_campaign_notice();
create trigger log_changed_notice after update on app.convocatorias
  for each row when ((old.published, old.notice_id) is distinct from (new.published, new.notice_id))
  execute function app.log_campaign_notice();

create function app.log_catalog() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_change('public', 'catalog', 'municipalities');
  return null;
end $$;
create trigger log_catalog after insert or update or delete on app.municipalities
  for each statement execute function app.log_catalog();

-- Publishing a draft shows its insumos, and unpublishing hides them. An author's row shows the title, address
-- and answer day of its convocatoria, so it changes with them.
create function app.log_convocatoria_children() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  if old.published is distinct from new.published then
    perform app.log_change('public', 'insumo', i.id::text) from app.insumos i where i.convocatoria_id = new.id;
  end if;
  if (old.title, old.slug, old.answer_by) is distinct from (new.title, new.slug, new.answer_by) then
    perform app.log_submission_change(s.id) from app.submissions s where s.convocatoria_id = new.id;
  end if;
  return null;
end $$;
create trigger log_children after update on app.convocatorias
  for each row execute function app.log_convocatoria_children();

-- Authors and staff follow a submission. Everybody follows the number of published ones.
create function app.log_submission() returns trigger
language plpgsql volatile set search_path = '' as $$
declare
  v_was boolean := tg_op <> 'INSERT' and old.state = 'published';
  v_is boolean := tg_op <> 'DELETE' and new.state = 'published';
begin
  if tg_op = 'INSERT' then
    insert into app.change_log (scope, entity, id, op) values ('mine:' || new.id, 'submission', new.id::text, 'put'),
      ('staff:' || new.convocatoria_id, 'submission', new.id::text, 'put');
  elsif tg_op = 'DELETE' then
    perform app.log_change('mine:' || old.id, 'submission', old.id::text, 'remove');
    perform app.log_change('staff:' || old.convocatoria_id, 'submission', old.id::text, 'remove');
  else
    perform app.log_submission_change(new.id);
  end if;
  if v_was <> v_is then
    perform app.log_change('public', 'convocatoria',
      (case when tg_op = 'DELETE' then old.convocatoria_id else new.convocatoria_id end)::text);
  end if;
  return null;
end $$;
create trigger log_submission after insert or update or delete on app.submissions
  for each row execute function app.log_submission();

-- For tables that hold a part of a submission. Their column is submission_id. The event of its arrival comes in the
-- transaction that logged it.
create function app.log_submission_piece() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
  perform app.log_submission_change(case when tg_op = 'DELETE' then old.submission_id else new.submission_id end);
  return null;
end $$;
create trigger log_piece after insert on app.review_events
  for each row when (new.kind <> 'received') execute function app.log_submission_piece();
create trigger log_piece after update or delete on app.contacts
  for each row execute function app.log_submission_piece();
