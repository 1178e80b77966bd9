-- Propuestas that a member of staff hands in: written on paper, or captured in an assembly with a promoter's phone. What a
-- person's own phone is asked is asked here too (app.receive_propuesta).

-- One row a capture, so that it becomes one propuesta however often and from however many devices it comes.
create table app.captured_propuestas (
  submission_id uuid primary key references app.submissions on delete cascade,
  capture_id uuid not null unique   -- made by the device that captured it; copies on other devices have the same
);
alter table app.captured_propuestas enable row level security;
comment on table app.captured_propuestas is
  'Personal data: that a member of staff handed in what an author wrote. Readers: the server. Kept: with the submission.'
  ' Deleted by: app.forget_records.';

-- The notice that the person answered: the campaign's present one, or an earlier version of it. A sheet keeps the notice that was
-- printed on it, and nobody can ask again an assembly that has gone home. Null for any other.
create function app.answered_notice(p_convocatoria app.convocatorias, p_payload jsonb) returns uuid
language plpgsql stable set search_path = '' as $$
begin
  return (select n.id from app.notices n join app.notices p on p.id = p_convocatoria.notice_id
    where n.id = app.parse_uuid(app.text_of(p_payload, 'notice_id')) and n.title = p.title and n.version <= p.version);
end $$;

-- payload: that of propuesta.submit, and
--   channel      `paper`, or `brigade`: the person accepted on the phone that was handed to them
--   capture_id   the same wherever a copy of this capture is
--   secret_hash  SHA-256 of the private link's key, in hexadecimal; null when the person took none. The key never comes here.
--   noted_by     who captured it, where another member sends it
-- Its entity is the new submission. A capture that is here already changes nothing. The submission of another capture is refused
-- as `submission_unknown`: somebody else has that card.
create function app.enter_propuesta(p_op app.op) returns void
language plpgsql volatile set search_path = '' as $$
declare
  v_convocatoria app.convocatorias := app.target_convocatoria(p_op.payload, 'propuestas');
  v_channel text := app.text_of(p_op.payload, 'channel');
  v_capture uuid := app.parse_uuid(app.text_of(p_op.payload, 'capture_id'));
  v_hash text := app.text_of(p_op.payload, 'secret_hash');
begin
  if not app.has_role(app.deciders(), v_convocatoria.id) then perform app.refuse('not_allowed', null, 403); end if;
  if v_channel is null or v_channel not in ('paper', 'brigade') then perform app.refuse('malformed_op', 'channel'); end if;
  if v_capture is null then perform app.refuse('malformed_op', 'capture_id'); end if;
  if v_hash !~ '^[0-9a-f]{64}$' then perform app.refuse('malformed_op', 'secret_hash'); end if;
  perform pg_advisory_xact_lock(hashtextextended('app.captured_propuestas ' || v_capture, 0));
  if exists (select from app.captured_propuestas c where c.capture_id = v_capture) then return; end if;
  v_convocatoria.notice_id := app.answered_notice(v_convocatoria, p_op.payload);
  if v_convocatoria.notice_id is null then perform app.refuse('notice_outdated', 'notice', 409); end if;
  p_op.secret := app.new_token();
  if exists (select from app.submissions s where s.id = p_op.entity_id)
    or not app.receive_propuesta(p_op, v_convocatoria, v_channel) then
    perform app.refuse('submission_unknown', null, 404);
  end if;
  insert into app.captured_propuestas (submission_id, capture_id) values (p_op.entity_id, v_capture);
  update app.access_secrets s set secret_hash = v_hash where s.submission_id = p_op.entity_id and v_hash is not null;
  update app.consents c set noted_by = app.noter_of(p_op) where c.submission_id = p_op.entity_id;
end $$;

-- What the device that sent a capture learns: its folio, and nothing that the person wrote. Null for who may not read it.
create function app.captured_row(p_entity uuid, p_capture uuid) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
  return (select jsonb_build_object('id', s.id, 'version', s.version, 'folio', s.folio)
  from app.captured_propuestas c join app.submissions s on s.id = c.submission_id
  where c.capture_id = p_capture and app.has_role(app.deciders(), s.convocatoria_id));
end $$;

insert into app.op_kinds (kind, actor, handler, row_function, part_key) values
  ('propuesta.enter', 'staff', 'enter_propuesta', 'captured_row', 'capture_id');
