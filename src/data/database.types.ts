// Written by `npm run types` from supabase/migrations: change those, not this.
export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[]

export type Database = {
  public: {
    Tables: { [_ in never]: never }
    Views: { [_ in never]: never }
    Functions: {
      accept_invitation: { Args: { p_token: string }; Returns: Json }
      apply_ops: { Args: { [key: string]: Json | undefined }; Returns: Json }
      bootstrap: { Args: never; Returns: Json }
      cancel_invitation: { Args: { p_id: string }; Returns: Json }
      convocatoria_draft: { Args: { p_id: string }; Returns: Json }
      door_list: { Args: { p_jornada: string }; Returns: Json }
      invite_staff: {
        Args: { p_email: string; p_name: string; p_role: string; p_convocatoria?: string; p_jornada?: string }
        Returns: Json
      }
      jornada_days: { Args: never; Returns: Json }
      list_bodies: { Args: never; Returns: Json }
      list_convocatorias: { Args: never; Returns: Json }
      list_staff: { Args: never; Returns: Json }
      open_folio: { Args: { p_folio: string; p_secret: string }; Returns: Json }
      open_invitation: { Args: { p_token: string }; Returns: Json }
      publish_convocatoria: { Args: { p_id: string; p_expected_version: number }; Returns: Json }
      published_propuestas: { Args: { p_convocatoria: string; p_after?: string }; Returns: Json }
      published_videos: { Args: { p_convocatoria: string; p_after?: string }; Returns: Json }
      pull_changes: { Args: { pulls: Json }; Returns: Json }
      recover_links: { Args: { p_email: string; p_code: string; p_seed: string }; Returns: Json }
      redeem_invitation: { Args: { p_token: string; p_user: string }; Returns: Json }
      request_link_code: { Args: { p_email: string }; Returns: Json }
      review_item: { Args: { p_id: string }; Returns: Json }
      review_queue: {
        Args: {
          p_convocatoria?: string
          p_states?: string[]
          p_search?: string
          p_after?: string
          p_kind?: string
        }
        Returns: Json
      }
      run_due_jobs: { Args: never; Returns: Json }
      save_convocatoria: { Args: { p_id: string; p_expected_version: number; p_data: Json }; Returns: Json }
      set_staff_active: { Args: { p_id: string; p_active: boolean }; Returns: Json }
      settle_mail: { Args: { p_id: number; p_error?: string }; Returns: undefined }
      settle_media_job: { Args: { p_id: number; p_result?: Json; p_error?: string }; Returns: undefined }
      staff_me: { Args: never; Returns: Json }
      take_mail: { Args: { p_limit: number }; Returns: Json }
      take_media_jobs: { Args: { p_limit: number }; Returns: Json }
    }
    Enums: { [_ in never]: never }
    CompositeTypes: { [_ in never]: never }
  }
}
