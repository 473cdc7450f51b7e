--
-- PostgreSQL database dump
--


-- Dumped from database version 18.6
-- Dumped by pg_dump version 18.6

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: refuse_to_rewrite_history(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.refuse_to_rewrite_history() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
  raise exception 'history is not rewritten: % on %', tg_op, tg_table_name using errcode = 'integrity_constraint_violation';
end $$;


SET default_tablespace = '';

SET default_table_access_method = heap;

--
-- Name: access_log; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.access_log (
    "position" bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    association text NOT NULL,
    actor text NOT NULL,
    role text NOT NULL,
    purpose text NOT NULL,
    action text NOT NULL,
    about uuid,
    relation text NOT NULL,
    correlation_id uuid NOT NULL
);


--
-- Name: access_log_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.access_log ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.access_log_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: asked; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.asked (
    id uuid NOT NULL,
    association text NOT NULL,
    fingerprint bytea NOT NULL,
    answer jsonb,
    asked_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: events; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.events (
    "position" bigint NOT NULL,
    association text NOT NULL,
    stream_id uuid NOT NULL,
    version integer NOT NULL,
    topic text NOT NULL,
    recorded_at timestamp with time zone NOT NULL,
    provenance text NOT NULL,
    state text NOT NULL,
    previous_hash bytea NOT NULL,
    hash bytea NOT NULL
);


--
-- Name: events_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.events ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.events_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: inbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.inbox (
    "position" bigint NOT NULL,
    reader text NOT NULL,
    source text NOT NULL,
    message_id text NOT NULL,
    type text NOT NULL,
    heard_at timestamp with time zone DEFAULT now() NOT NULL,
    headers jsonb,
    key text,
    value bytea
);


--
-- Name: inbox_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.inbox ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.inbox_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: migrations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.migrations (
    script text NOT NULL,
    digest text NOT NULL,
    ran_at timestamp with time zone DEFAULT now() NOT NULL
);


--
-- Name: notice_list; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.notice_list (
    notice_id uuid NOT NULL,
    association text NOT NULL,
    recipient text NOT NULL,
    kind text NOT NULL,
    about uuid NOT NULL,
    link text NOT NULL,
    severity text NOT NULL,
    state text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    requested_at timestamp with time zone NOT NULL,
    next_try_at timestamp with time zone,
    settled_at timestamp with time zone,
    correlation_id uuid NOT NULL,
    claimed_until timestamp with time zone
);


--
-- Name: outbox; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.outbox (
    "position" bigint NOT NULL,
    bucket smallint NOT NULL,
    topic text NOT NULL,
    key text NOT NULL,
    headers jsonb NOT NULL,
    value bytea NOT NULL,
    written_at timestamp with time zone DEFAULT now() NOT NULL,
    sent_at timestamp with time zone
);


--
-- Name: outbox_position_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.outbox ALTER COLUMN "position" ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_position_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: parked; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.parked (
    id bigint NOT NULL,
    reader text NOT NULL,
    identity text NOT NULL,
    topic text NOT NULL,
    partition integer NOT NULL,
    record_offset bigint NOT NULL,
    key text,
    headers jsonb NOT NULL,
    value bytea,
    code text NOT NULL,
    reason text NOT NULL,
    parked_at timestamp with time zone DEFAULT now() NOT NULL,
    tries integer DEFAULT 0 NOT NULL,
    done_at timestamp with time zone
);


--
-- Name: parked_id_seq; Type: SEQUENCE; Schema: public; Owner: -
--

ALTER TABLE public.parked ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.parked_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


--
-- Name: relay_broker; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.relay_broker (
    the_only boolean DEFAULT true NOT NULL,
    cluster_id text NOT NULL,
    met_at timestamp with time zone DEFAULT now() NOT NULL,
    CONSTRAINT relay_broker_the_only_check CHECK (the_only)
);


--
-- Name: relay_offsets; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.relay_offsets (
    topic text NOT NULL,
    partition integer NOT NULL,
    last_offset bigint NOT NULL
);


--
-- Data for Name: access_log; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: asked; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES
	(1, 'bakkegaarden', '6b06dce5-4231-5197-872c-7d93a21f0403', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0c28-777a-a794-42b56947bd11","ea6fd225-398e-592f-94af-9e459bfd5671","00-8eefac559033ef1c539b1d7fd93a05e9-77d82d55a6d09c80-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"aeab97e010605d3d9f9db488632664dd"},"link":"/cases/aeab97e0-1060-5d3d-9f9d-b488632664dd","channel":"mail","severity":"high"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xcc93e1a7ac22288bc75453c7ed94675ed4b5753f678765dba06aedd6d2ceda77'),
	(2, 'bakkegaarden', '6b06dce5-4231-5197-872c-7d93a21f0403', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0c28-777a-a794-42b56947bd11","6b06dce5-4231-5197-872c-7d93a21f0403",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"aeab97e010605d3d9f9db488632664dd"},"attempt":1,"reply":"2xx"}', '\xcc93e1a7ac22288bc75453c7ed94675ed4b5753f678765dba06aedd6d2ceda77', '\x3f018d4600e6ba9830930ffff140c28cecdf79d80878bf6c89148f7b1efabe3c'),
	(3, 'bakkegaarden', '522e2a9a-84e7-5538-9b78-103f04b57568', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0fdc-751d-a1c2-8b3448f04e53","c6cb7b13-7ad2-5176-a464-dfba4a26ce61","00-12507eae9cd7aa59dbb822430f08a5e6-a86b7e0e9b59eced-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"af10f58ab5315fcd87ae98b1b47c0793"},"link":"/cases/af10f58a-b531-5fcd-87ae-98b1b47c0793","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x624ffeedcc63171652269e54edf80a5178bbfdfb565156b34e07b4b82b97c757'),
	(4, 'bakkegaarden', '8a6e704f-1623-5e41-abb6-aa36d6a0e838', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-115d-7092-896d-5141a5f658a1","18acd40f-189f-5793-961a-3844f16a80fb","00-0cba4b5a811b73dbe2cc84061bcfe6d9-28f44a84d5746a9b-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"35788118a7c05b4d8a393c03eb6d5bf9"},"link":"/cases/35788118-a7c0-5b4d-8a39-3c03eb6d5bf9","channel":"mail","severity":"medium"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x83a728ffd8190687a97d5b0b35a0f424a7f22edbdb45f605240f36df23b1ec26'),
	(5, 'bakkegaarden', '522e2a9a-84e7-5538-9b78-103f04b57568', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0fdc-751d-a1c2-8b3448f04e53","522e2a9a-84e7-5538-9b78-103f04b57568",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"af10f58ab5315fcd87ae98b1b47c0793"},"attempt":1,"reply":"2xx"}', '\x624ffeedcc63171652269e54edf80a5178bbfdfb565156b34e07b4b82b97c757', '\xfc15f1797a09e92fad8cb1f68322197a5d859aa44f46a8c634a764c3a5f7e2b8'),
	(6, 'bakkegaarden', '8a6e704f-1623-5e41-abb6-aa36d6a0e838', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-115d-7092-896d-5141a5f658a1","8a6e704f-1623-5e41-abb6-aa36d6a0e838",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"35788118a7c05b4d8a393c03eb6d5bf9"},"attempt":1,"reply":"2xx"}', '\x83a728ffd8190687a97d5b0b35a0f424a7f22edbdb45f605240f36df23b1ec26', '\x60185f5816878bb35405970453acf4bc315b23fa0900ee9cc509588a15d368bc'),
	(7, 'bakkegaarden', '4e57a528-9b0c-5ee5-a291-81382aa13111', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-12af-7434-9967-baaefaf33cd6","90db0cb1-045b-52c2-8883-950d35730171","00-c008a204548def3c81eaedd5d9e3a77b-49c6a461b217b364-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":"high"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xe1908912d485dac3dcf639fdd727c63b2b1fc6db5ad5a34b72288512984d02ad'),
	(8, 'bakkegaarden', '4e57a528-9b0c-5ee5-a291-81382aa13111', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-12af-7434-9967-baaefaf33cd6","4e57a528-9b0c-5ee5-a291-81382aa13111",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xe1908912d485dac3dcf639fdd727c63b2b1fc6db5ad5a34b72288512984d02ad', '\xddff09f29d1ea39870618f35b1f69c250cb8ef8b79ff2765e011ab748a84b452'),
	(9, 'bakkegaarden', '2d41e8cb-54b5-5b0d-9bee-e122a1d074b7', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-144f-7341-bb4b-62ceabf71e50","9102fa19-83a9-5c6d-ad23-9d0ad1342432","00-d45ba4d7a4d266fde378c3f44e45a68c-af2c3e9ad490fb1a-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"0dd51b4ce0805723bdff48b838edfcaf"},"link":"/cases/0dd51b4c-e080-5723-bdff-48b838edfcaf","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xb3d1fd1f628045d01d1213fc353e45741b04c13de74a9ab0970d8e76638d1add'),
	(10, 'bakkegaarden', '2d41e8cb-54b5-5b0d-9bee-e122a1d074b7', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-144f-7341-bb4b-62ceabf71e50","2d41e8cb-54b5-5b0d-9bee-e122a1d074b7",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"0dd51b4ce0805723bdff48b838edfcaf"},"attempt":1,"reply":"2xx"}', '\xb3d1fd1f628045d01d1213fc353e45741b04c13de74a9ab0970d8e76638d1add', '\x15775bb60dfd0d87d1ab2ef41c041451f7795e277031fd2ae8d460800840d466'),
	(11, 'bakkegaarden', '720f6504-2610-5fab-a4de-0742cc175a25', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-15fb-75e4-9176-6f7dba5de9cd","6ec51051-fd62-5797-a81a-05cfbc6fd5f8","00-4d65d2b20bc439d4130af11c8da60af7-f0a14c5ffbe35c27-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"link":"/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xf79c8cf2351d37deb34f9740c119c8b98f9cc841bb28c04bbd92b0ff56d1c29d'),
	(12, 'bakkegaarden', '720f6504-2610-5fab-a4de-0742cc175a25', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-15fb-75e4-9176-6f7dba5de9cd","720f6504-2610-5fab-a4de-0742cc175a25",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"attempt":1,"reply":"2xx"}', '\xf79c8cf2351d37deb34f9740c119c8b98f9cc841bb28c04bbd92b0ff56d1c29d', '\xd265cfd6c3797b8e7a98f3a69024047201b6ce2ddaf6a4b72d2e6b096c5df5f5'),
	(13, 'bakkegaarden', 'f6911077-cad1-54f9-8b22-d5592a882f80', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1842-747d-af7e-7edb57a1ddd2","c42882a5-7dc9-5e4f-bb41-3ad47aa56bb0","00-9270e9aefd1b763366424a48eaa47c5b-b0b1cb6ac2df8cad-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"link":"/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4","channel":"mail","severity":"medium"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x366909a28b1d9c539010c6ac19270fe20e6276cc7927609b1e0648c54920a095'),
	(14, 'bakkegaarden', 'f6911077-cad1-54f9-8b22-d5592a882f80', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1842-747d-af7e-7edb57a1ddd2","f6911077-cad1-54f9-8b22-d5592a882f80",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"attempt":1,"reply":"2xx"}', '\x366909a28b1d9c539010c6ac19270fe20e6276cc7927609b1e0648c54920a095', '\xa0b1dd1b3059943fcb052b97c3d5f83c01d81e6c850b6aeef882d3597dec016f'),
	(15, 'bakkegaarden', '43cb806c-b2d2-50d4-b6ef-e877025ca68e', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1b46-7541-b310-bd23939962ec","2a026c12-464f-59db-9073-9c526d32979c","00-4561cb484970ee5e5271db866a9e6fa4-796602afa25e4d28-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"fdea9a53a723540798695793914e4fab"},"link":"/cases/fdea9a53-a723-5407-9869-5793914e4fab","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x08bcb040ae4ab5c80a4cf7baaa765141b8dfc6d345c40948d3af48ec87f1a428'),
	(20, 'bakkegaarden', '4beee64a-d7e6-5cf1-b69d-de76d86a55b5', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2986-76f7-b437-5c2f60bcff99","4beee64a-d7e6-5cf1-b69d-de76d86a55b5",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xee7168095745b3339779e3b15c76282cb0990db3112b211f9e599ff8d3b27806', '\x35c9aefee2676d58d5fc0ad1d4b3f70a938c378c4fd8252c8e7e4cba1171406d'),
	(22, 'bakkegaarden', '8a14606c-e223-5407-ba5b-90be64b957b1', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2cb9-716e-bd31-d0298cea6586","8a14606c-e223-5407-ba5b-90be64b957b1",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"0dd51b4ce0805723bdff48b838edfcaf"},"attempt":1,"reply":"2xx"}', '\x60ea87171a18f36e807a441fabc7deee49a43d035fe922478692188c2048e9b1', '\x5addae182e7a3ce68e41ce0ab3897a5bd7914548efe5789afe60afb86f48a236'),
	(23, 'bakkegaarden', 'c52bc7fc-59b1-5254-9f39-5baea22f840b', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2edd-7001-a0c0-d60435648a9e","6fdb1589-986a-58ab-985c-9ae4ea48e386","00-e569874b51b1efd803e3cb76230259e2-a3d17357bf4e7656-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"link":"/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x6e813a56e0dd0be3849028995ffffed66766b0dd89f2eaac0447ae307d8be0f0'),
	(24, 'bakkegaarden', 'c52bc7fc-59b1-5254-9f39-5baea22f840b', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2edd-7001-a0c0-d60435648a9e","c52bc7fc-59b1-5254-9f39-5baea22f840b",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"attempt":1,"reply":"2xx"}', '\x6e813a56e0dd0be3849028995ffffed66766b0dd89f2eaac0447ae307d8be0f0', '\x9be2713c74e4e1e129baebc01e21ec574310982d8165db7f8ebacb977670ca92'),
	(25, 'bakkegaarden', 'ec64a6d7-36e7-54d5-ad1d-3a34a63678a3', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-3114-7730-a905-83f37b6803f1","061f9705-95ec-5754-af1d-e6011a9b9da6","00-b28f1ab4fef8d31c0254cc575d289904-fb407c8ec425116c-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"fdea9a53a723540798695793914e4fab"},"link":"/cases/fdea9a53-a723-5407-9869-5793914e4fab","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xe2fb23bbe3c6fe9cb2917bd4a2cd395759ce2c1ada2934e0a9401db4766b5d1b'),
	(26, 'bakkegaarden', 'ec64a6d7-36e7-54d5-ad1d-3a34a63678a3', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-3114-7730-a905-83f37b6803f1","ec64a6d7-36e7-54d5-ad1d-3a34a63678a3",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"fdea9a53a723540798695793914e4fab"},"attempt":1,"reply":"2xx"}', '\xe2fb23bbe3c6fe9cb2917bd4a2cd395759ce2c1ada2934e0a9401db4766b5d1b', '\x4baa12a11d7ea7c82eb413cc759859143546a1a10ebdc28a43bbc2d4444121e4'),
	(36, 'bakkegaarden', '3b594c97-6ce2-52d0-8031-37a9a94c1751', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-59ca-7467-880f-604171abf883","182dcfec-e942-5129-b249-c4f13c7a548d","00-ad147c1f4f3ffc3b13f1983bb2f2dce7-59c814732fd2da42-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d15d273c483ec011d8de91c27"},"link":"/intake/observations/01a21a0d-15d2-73c4-83ec-011d8de91c27","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x39e75d654f3be7dbcccd8a5435be0b509e3957eee388d2a13aca28712ce6a7fc'),
	(38, 'bakkegaarden', '3b594c97-6ce2-52d0-8031-37a9a94c1751', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-59ca-7467-880f-604171abf883","3b594c97-6ce2-52d0-8031-37a9a94c1751",""]', '{"recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d15d273c483ec011d8de91c27"},"attempt":1,"reply":"2xx"}', '\x39e75d654f3be7dbcccd8a5435be0b509e3957eee388d2a13aca28712ce6a7fc', '\xc15b78192c9201e38c03a89e7aaedd88f118a1a250aa7d8daa7f68f03eb1c0bb'),
	(41, 'bakkegaarden', '40b97227-c724-50fc-9aca-4df30aa0bbe5', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-62c4-74df-82d7-276d47f86365","2d4750c2-6956-512a-999a-9dc7258d53cc","00-82063a412529d1f095f1735159d73ae4-48d21dcdb23fcf2b-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_assigned","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"link":"/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xdc999b231ad25a5d7567a390cfa8a0c9ecc5baca306e3e02e9fc3f34b85e5056'),
	(42, 'bakkegaarden', '40b97227-c724-50fc-9aca-4df30aa0bbe5', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-62c4-74df-82d7-276d47f86365","40b97227-c724-50fc-9aca-4df30aa0bbe5",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_assigned","about":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"attempt":1,"reply":"2xx"}', '\xdc999b231ad25a5d7567a390cfa8a0c9ecc5baca306e3e02e9fc3f34b85e5056', '\xbbc25b466a52c47ba2216427389b2b4c8fa85bc86a947cb52d398389e9eaa5af'),
	(43, 'bakkegaarden', '4dab963d-a53e-5669-9330-cc3023e3993f', 1, 'notice.requested', '2026-03-06 09:00:00+00', '["system:notifications","system","system:clock","2026-03-06T09:00:00+00:00","operation","","","32af769d-00a1-447e-ab9b-6e304302f60f","f4a35be0-11cc-5fb4-b9bb-b78a20bcef3d",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"link":"/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x90b18ac74130924dfe1d06a181cb921c08cab91040f8bdddc5dfeaee805b5cdb'),
	(47, 'bakkegaarden', '4ad5e27f-75ec-5533-89a4-1f4c39fbb61d', 2, 'notice.sent', '2026-03-06 09:00:00+00', '["clock","system","","2026-03-06T09:00:00+00:00","operation","","","728e760f-ee50-4775-ae2b-ec043bb90628","4ad5e27f-75ec-5533-89a4-1f4c39fbb61d",""]', '{"recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xc73756f9c2bfd51e3d4a415472af49abcda8241f72341938fdbaa01c27f2be53', '\x9e33cdcd7f90b8107678b700823235ad4a2f4c1b24b234963f04a84b0a0f1543'),
	(48, 'bakkegaarden', 'eb8b280f-2f72-5ebd-a76a-d86795540ed6', 2, 'notice.sent', '2026-03-06 09:00:00+00', '["clock","system","","2026-03-06T09:00:00+00:00","operation","","","728e760f-ee50-4775-ae2b-ec043bb90628","eb8b280f-2f72-5ebd-a76a-d86795540ed6",""]', '{"recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x0f9c96b6177f45d47af54297345415be705a7c9e218ce74a7136fe1d37e0c40d', '\xe313c5a483d63aeb337e0b9802fc7cecbe5a46fbbde30c3449a23c1362ca421b'),
	(16, 'bakkegaarden', '43cb806c-b2d2-50d4-b6ef-e877025ca68e', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1b46-7541-b310-bd23939962ec","43cb806c-b2d2-50d4-b6ef-e877025ca68e",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"fdea9a53a723540798695793914e4fab"},"attempt":1,"reply":"2xx"}', '\x08bcb040ae4ab5c80a4cf7baaa765141b8dfc6d345c40948d3af48ec87f1a428', '\x77ac6c5f657aff87342bf83a9f27bfdbc5627d518e41b781ef6155318b57c178'),
	(17, 'bakkegaarden', '5bef4acc-14aa-5ead-96d8-fa915225c0ae', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2730-707b-a9fc-759029532090","88f64dc7-c446-58c1-9722-0d76d5961494","00-c03178e51383ff2f59e98c7586c05f69-b53607b187a1112c-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d114e7714bb05ee8cdb07498e"},"link":"/intake/observations/01a21a0d-114e-7714-bb05-ee8cdb07498e","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x822302ba18a9c5999813aabb2f54287b14b8012bdacac252281eb150abd3c7e1'),
	(18, 'bakkegaarden', '5bef4acc-14aa-5ead-96d8-fa915225c0ae', 2, 'notice.sent', '2026-03-03 09:00:00+00', '["clock","system","","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2730-707b-a9fc-759029532090","5bef4acc-14aa-5ead-96d8-fa915225c0ae",""]', '{"recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d114e7714bb05ee8cdb07498e"},"attempt":1,"reply":"2xx"}', '\x822302ba18a9c5999813aabb2f54287b14b8012bdacac252281eb150abd3c7e1', '\x278d52e59c78759e97d56eed0471188aaf9804b556bf310abb78f64c0a36088f'),
	(19, 'bakkegaarden', '4beee64a-d7e6-5cf1-b69d-de76d86a55b5', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2986-76f7-b437-5c2f60bcff99","895def1b-3b07-506e-828c-45e6c7e9f60b","00-9c6f3039879f42d707bacd75821ab38a-d3c05b47ad46f398-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":"high"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xee7168095745b3339779e3b15c76282cb0990db3112b211f9e599ff8d3b27806'),
	(21, 'bakkegaarden', '8a14606c-e223-5407-ba5b-90be64b957b1', 1, 'notice.requested', '2026-03-03 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2cb9-716e-bd31-d0298cea6586","5b55d673-e33b-52bd-8897-141cb1d37910","00-74b681f26e16307d82db3f1127abb71c-8cfda9c1a91fce58-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_opened","about":{"_type_":"uuid_hex","_data_":"0dd51b4ce0805723bdff48b838edfcaf"},"link":"/cases/0dd51b4c-e080-5723-bdff-48b838edfcaf","channel":"mail","severity":"low"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x60ea87171a18f36e807a441fabc7deee49a43d035fe922478692188c2048e9b1'),
	(27, 'bakkegaarden', '7d46b640-af1f-5d50-8025-ea387d318a1b', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","system:clock","2026-03-04T09:00:00+00:00","operation","","","c8dfdb4b-9eaa-4d55-aa54-20c0744b2ed6","64d7bf0b-8d01-57d3-820c-2b9eca3bc962",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"triage_missed","about":{"_type_":"uuid_hex","_data_":"aeab97e010605d3d9f9db488632664dd"},"link":"/cases/aeab97e0-1060-5d3d-9f9d-b488632664dd","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x4d84a4a938800ca5e46031d3f60c9858ac0b71ae1c4e673b559af4f576ade3c7'),
	(28, 'bakkegaarden', '7d46b640-af1f-5d50-8025-ea387d318a1b', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","c8dfdb4b-9eaa-4d55-aa54-20c0744b2ed6","7d46b640-af1f-5d50-8025-ea387d318a1b",""]', '{"recipient":"staff-social-lead-1","kind":"triage_missed","about":{"_type_":"uuid_hex","_data_":"aeab97e010605d3d9f9db488632664dd"},"attempt":1,"reply":"2xx"}', '\x4d84a4a938800ca5e46031d3f60c9858ac0b71ae1c4e673b559af4f576ade3c7', '\x5390921249848aad7f6618b10727c416084e64ae93d3d4b5eaa6abfda3fd6348'),
	(31, 'bakkegaarden', 'd7165356-6846-5860-9995-64a1b2972c15', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-4fb9-739a-8a28-96f1d9895a62","4e9013be-3677-5b27-82b1-c71d0535c856","00-da7fdd5c4e59e92534d3422d6d848234-fa4a99a74d1b6170-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"companion_wanted","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/intake/observations/01a21a0d-12a2-737b-ac0a-8559935b2c18","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x6dd6267abcd7744acc04967a9f1afaf6254248b6d8ed882a932f5bbc86297c03'),
	(32, 'bakkegaarden', 'd7165356-6846-5860-9995-64a1b2972c15', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-4fb9-739a-8a28-96f1d9895a62","d7165356-6846-5860-9995-64a1b2972c15",""]', '{"recipient":"staff-caretaker-1","kind":"companion_wanted","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x6dd6267abcd7744acc04967a9f1afaf6254248b6d8ed882a932f5bbc86297c03', '\xbc40ae2acf0f8520b5f58a936d350d03740010736c4bd15a03998c4dfa123148'),
	(35, 'bakkegaarden', 'b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5798-76f0-9974-3fec3746c939","40e3fa7a-6864-5ce2-b11f-23ec58150c6d","00-d6a8b7b32413533a32abf34cf152bca8-2ccd0c57895bac9f-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d143d75b1843532e772b45ec0"},"link":"/intake/observations/01a21a0d-143d-75b1-8435-32e772b45ec0","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x84f5f221f61eb3b41900f520dbbecf7a59ae33ec42fd17a445994326256f896a'),
	(37, 'bakkegaarden', 'b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5798-76f0-9974-3fec3746c939","b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17",""]', '{"recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d143d75b1843532e772b45ec0"},"attempt":1,"reply":"2xx"}', '\x84f5f221f61eb3b41900f520dbbecf7a59ae33ec42fd17a445994326256f896a', '\x8e47a6a14833ec8f7c48ff25430892494de69ac6d7bb1d850a456fd1264111c0'),
	(39, 'bakkegaarden', '9d0d4203-b22d-52f2-b7fa-c9afaafea044', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5bda-750f-845b-df8c575eecb9","ca25035b-41e2-5567-b5be-643f8a5e50c4","00-8dfa42ab4b2b6f0c8414f351477faafd-918090ce7465fd4b-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d1b267041aceee320d970ab59"},"link":"/intake/observations/01a21a0d-1b26-7041-acee-e320d970ab59","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x3f3e32684ddef303a4655d51257abedbb526f5c513fb99c99fc8426abd47f48f'),
	(40, 'bakkegaarden', '9d0d4203-b22d-52f2-b7fa-c9afaafea044', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5bda-750f-845b-df8c575eecb9","9d0d4203-b22d-52f2-b7fa-c9afaafea044",""]', '{"recipient":"staff-caretaker-1","kind":"observation_news","about":{"_type_":"uuid_hex","_data_":"01a21a0d1b267041aceee320d970ab59"},"attempt":1,"reply":"2xx"}', '\x3f3e32684ddef303a4655d51257abedbb526f5c513fb99c99fc8426abd47f48f', '\xa28820d6f98bb822aef45df15a33053f5b91e7f6c081322e3ee1abaf9417f993'),
	(44, 'bakkegaarden', '4ad5e27f-75ec-5533-89a4-1f4c39fbb61d', 1, 'notice.requested', '2026-03-06 09:00:00+00', '["system:notifications","system","system:clock","2026-03-06T09:00:00+00:00","operation","","","728e760f-ee50-4775-ae2b-ec043bb90628","74502fcf-ad3e-5462-bc5c-ae26c5a3df4e",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xc73756f9c2bfd51e3d4a415472af49abcda8241f72341938fdbaa01c27f2be53'),
	(29, 'bakkegaarden', 'b89a5522-b437-55e0-8bee-35dbd9a1899d', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-3fa1-71fa-b9ef-411633809957","10c6358d-fd25-5b60-8954-495796932420","00-25a0c770d6cb0e6ecec4f45664cf78ac-5233e88b5b57cf60-00"]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"case_assigned","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x7f7edfdea4a4dba1d6ed2cc2fb3c146d6df0163a1acdf09dce563e6e4e82b1e3'),
	(30, 'bakkegaarden', 'b89a5522-b437-55e0-8bee-35dbd9a1899d', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-3fa1-71fa-b9ef-411633809957","b89a5522-b437-55e0-8bee-35dbd9a1899d",""]', '{"recipient":"staff-social-caretaker-1","kind":"case_assigned","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x7f7edfdea4a4dba1d6ed2cc2fb3c146d6df0163a1acdf09dce563e6e4e82b1e3', '\x61a00a2ffb4e6e8ee0c00a5339c0069b1f6a692344c83b8b1904978ca9831f0b'),
	(33, 'bakkegaarden', '895be597-ad6a-5d53-9816-c062d081fbc0', 1, 'notice.requested', '2026-03-04 09:00:00+00', '["system:notifications","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-55cb-76d2-b185-b1ec509f7536","ee38432f-d8ea-53b6-a8a7-64f668670399","00-d25dfaa54bae622a8c04b0faa37aaf86-e89aff8ac6c41436-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-1","kind":"in_good_hands","about":{"_type_":"uuid_hex","_data_":"01a21a0d12a2737bac0a8559935b2c18"},"link":"/intake/observations/01a21a0d-12a2-737b-ac0a-8559935b2c18","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x4050bc06fab60db3cb851b4b8f036470c903d73c6606607dc728652409eb0b64'),
	(34, 'bakkegaarden', '895be597-ad6a-5d53-9816-c062d081fbc0', 2, 'notice.sent', '2026-03-04 09:00:00+00', '["clock","system","","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-55cb-76d2-b185-b1ec509f7536","895be597-ad6a-5d53-9816-c062d081fbc0",""]', '{"recipient":"staff-caretaker-1","kind":"in_good_hands","about":{"_type_":"uuid_hex","_data_":"01a21a0d12a2737bac0a8559935b2c18"},"attempt":1,"reply":"2xx"}', '\x4050bc06fab60db3cb851b4b8f036470c903d73c6606607dc728652409eb0b64', '\xc80a206a7c0ada7d46e89e4b14082d841deab0ddf77c52a23c3e9f3c117b16bd'),
	(53, 'bakkegaarden', '755b417e-40b4-529b-8fe4-bc60b1316445', 2, 'notice.sent', '2026-03-09 09:00:00+00', '["clock","system","","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","755b417e-40b4-529b-8fe4-bc60b1316445",""]', '{"recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xa4c0c913627ab092e132840f00a03aa9ea64a8dc4948ffa9a7a0f1000b7ff882', '\xf6194d2f0607cbae30375dd065c3a741320c427ebac1bb00bcea1d16733cc88a'),
	(57, 'bakkegaarden', 'ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e', 2, 'notice.sent', '2026-03-09 09:00:00+00', '["clock","system","","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e",""]', '{"recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x144fde16ca798467a6274d8eab89afc8c5d48abf76e37dc4dc242439559d52f8', '\x793a4df4442d65493cc1a7c7996de673ea6293ee8f3b48d9fcbee199853b7d67'),
	(74, 'bakkegaarden', 'b64f9a9f-d465-55fe-b9c8-109f4ccea3eb', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","4c7e440f-d383-5e84-bd78-e43c176b08b1",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"link":"/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x8bc7ce9b53287be7da165dedea1e521e95b38be79e8063bd78417dd2e92fd3d1'),
	(75, 'bakkegaarden', '1a971079-0221-5ae5-bfb2-619db60ca69a', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","6ba57d29-7d6c-45d0-ba98-cbc85df9d42c","3488003b-1936-56ce-9e12-db5e4d8e4704",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"first_contact_missed","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"link":"/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xc1285eaeb9ed05b36cdbff8d7f1778315d676318601a588314cf67888fda4942'),
	(83, 'bakkegaarden', '1373ddff-0482-5836-be6e-ebfde601590b', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","1373ddff-0482-5836-be6e-ebfde601590b",""]', '{"recipient":"staff-social-lead-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"attempt":1,"reply":"2xx"}', '\x324300bbda977d658372c0065a91c101a33bc2c66e15c6ec7c0be2f47cd24505', '\x4711c05a9ab07d6649c1398f51a4556dfd734e48526baed3e311087b7a5d2074'),
	(86, 'bakkegaarden', 'fa844647-2552-5d02-845d-7b6d56f0f702', 2, 'notice.attempt_failed', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","99dabd16-adf0-4dd2-b989-5b5ead4cfa77","fa844647-2552-5d02-845d-7b6d56f0f702",""]', '{"attempt":1,"reason":"recipient_refused_4xx","next_try_at":{"_type_":"datetime_iso","_data_":"2026-03-16T09:01:00+00:00"}}', '\x532f0e52395f09fac956cf2990c32676c005040b4998dd2278268889253ce0c8', '\x5329d223d4702076025c3cc3294e2208666dc8c4448f9d8267ae49090deab26d'),
	(45, 'bakkegaarden', 'eb8b280f-2f72-5ebd-a76a-d86795540ed6', 1, 'notice.requested', '2026-03-06 09:00:00+00', '["system:notifications","system","system:clock","2026-03-06T09:00:00+00:00","operation","","","728e760f-ee50-4775-ae2b-ec043bb90628","74502fcf-ad3e-5462-bc5c-ae26c5a3df4e",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x0f9c96b6177f45d47af54297345415be705a7c9e218ce74a7136fe1d37e0c40d'),
	(46, 'bakkegaarden', '4dab963d-a53e-5669-9330-cc3023e3993f', 2, 'notice.sent', '2026-03-06 09:00:00+00', '["clock","system","","2026-03-06T09:00:00+00:00","operation","","","32af769d-00a1-447e-ab9b-6e304302f60f","4dab963d-a53e-5669-9330-cc3023e3993f",""]', '{"recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"attempt":1,"reply":"2xx"}', '\x90b18ac74130924dfe1d06a181cb921c08cab91040f8bdddc5dfeaee805b5cdb', '\xc8de7381ef23a84664df31f4e14fc49738ead3e11c55e955ffbeb8f4f9766297'),
	(49, 'bakkegaarden', '69d5cb20-e6fe-5c78-90ec-1393650ae495', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","c1282297-fc16-467f-ba5d-e7e242eee605","fe73a6e6-cf5a-58b6-b1f6-17c30b550c23",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"link":"/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x6b2339d93c13e1a7c18a7f96f020457d1913b80008cd5a8f20d1820189762850'),
	(50, 'bakkegaarden', '755b417e-40b4-529b-8fe4-bc60b1316445', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","580fafdd-b556-5188-ac98-010e2c9a6c46",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xa4c0c913627ab092e132840f00a03aa9ea64a8dc4948ffa9a7a0f1000b7ff882'),
	(51, 'bakkegaarden', 'ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","580fafdd-b556-5188-ac98-010e2c9a6c46",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x144fde16ca798467a6274d8eab89afc8c5d48abf76e37dc4dc242439559d52f8'),
	(54, 'bakkegaarden', '61369e41-8a7e-5712-b4ff-34b42d63a290', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","e2184ea5-1045-5a2e-90f2-5f36c6bed19d",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x173b091f22164247b752a2d454918a8a8a65c176d95de24d7b60fd102b418e0d'),
	(55, 'bakkegaarden', '515e7066-aa52-5ca5-96c6-f6bfb6dc18d4', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","e2184ea5-1045-5a2e-90f2-5f36c6bed19d",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xdaf26a6b9b5a1ea1d57573a443741c3130d89ede3104ff42bb47dfb4c928775a'),
	(56, 'bakkegaarden', '8ec5f3f7-076b-5710-8fbb-18a1317eb403', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","9cded238-78d4-5d74-9ca8-de9c04c42b34",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x39328fea19b4959a9353dfe393c47a83b4ef1b8c987b2ca3df0e11859150c95b'),
	(58, 'bakkegaarden', 'b3a33014-c152-5453-b222-b644f0b9ab56', 1, 'notice.requested', '2026-03-09 09:00:00+00', '["system:notifications","system","system:clock","2026-03-09T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","9cded238-78d4-5d74-9ca8-de9c04c42b34",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x17639e25fab61a9892439e9f2fe51af307e781b052f663558c0d3599e5a69368'),
	(60, 'bakkegaarden', '8c0a854b-cbaa-5076-be83-d70eb3275c8c', 1, 'notice.requested', '2026-03-10 09:00:00+00', '["system:notifications","system","system:clock","2026-03-10T09:00:00+00:00","operation","","","17ceca91-dc15-4a69-9d53-5345496bceed","35dd56fe-adc1-52e7-b367-ccbb7b89a7cc",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x1baab2f45e817eaa67fd60f8041a3f9e476c9c36ee81e247212a31b3f082d3bb'),
	(61, 'bakkegaarden', '71762e29-6b8a-548d-b930-9afa908f608d', 1, 'notice.requested', '2026-03-10 09:00:00+00', '["system:notifications","system","system:clock","2026-03-10T09:00:00+00:00","operation","","","17ceca91-dc15-4a69-9d53-5345496bceed","35dd56fe-adc1-52e7-b367-ccbb7b89a7cc",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x990796242dde206b23e9607229a92fea2715501d8b1259c514930a3c420cb99e'),
	(64, 'bakkegaarden', 'b3a33014-c152-5453-b222-b644f0b9ab56', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","b3a33014-c152-5453-b222-b644f0b9ab56",""]', '{"recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x17639e25fab61a9892439e9f2fe51af307e781b052f663558c0d3599e5a69368', '\x16f2db301549a2b840ab164254f92d10e274f3359ed0343e02cb8b33a20a0560'),
	(69, 'bakkegaarden', '79b5b238-2b04-5f08-90a7-f4bbb7a59f3a', 1, 'notice.requested', '2026-03-10 09:00:00+00', '["system:notifications","system","staff-social-lead-1","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7f14-732e-a800-32291c84218b","05cfc6e2-2b84-5b37-85a5-96bb5f4b0187","00-149abf73972838866ddae40b03cd6b21-c40af59ded0835d0-00"]', '{"originator_topic":"notice","recipient":"staff-caretaker-2","kind":"in_good_hands","about":{"_type_":"uuid_hex","_data_":"01a21a0d7775725aa7d98da0df79cbac"},"link":"/intake/observations/01a21a0d-7775-725a-a7d9-8da0df79cbac","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x3afac8e9dde8a2c90ee9c2dde354a715f4fe1c24c3b51f463479403fe8feda28'),
	(84, 'bakkegaarden', '3b87dc84-bbd9-5993-906b-d13d52b9a97a', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","784f8dd4-965d-46be-9964-430151da2b99","3b87dc84-bbd9-5993-906b-d13d52b9a97a",""]', '{"recipient":"staff-social-lead-1","kind":"triage_missed","about":{"_type_":"uuid_hex","_data_":"f442100d862a5cf5894cc7e5ce31fcb3"},"attempt":1,"reply":"2xx"}', '\x70b56c4dbdb8b911f333a321c74844f4614359905e0630c0e5c3cbdbbebf4d07', '\x8543be79ebe5eb40e8afb33ac6da77e6d11dd238e894de7251c5a8e54be6c333'),
	(52, 'bakkegaarden', '69d5cb20-e6fe-5c78-90ec-1393650ae495', 2, 'notice.sent', '2026-03-09 09:00:00+00', '["clock","system","","2026-03-09T09:00:00+00:00","operation","","","c1282297-fc16-467f-ba5d-e7e242eee605","69d5cb20-e6fe-5c78-90ec-1393650ae495",""]', '{"recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"attempt":1,"reply":"2xx"}', '\x6b2339d93c13e1a7c18a7f96f020457d1913b80008cd5a8f20d1820189762850', '\x97f84493df9bad7710128539d55a47644b30dee641916bd3696b1571f39081c9'),
	(59, 'bakkegaarden', '515e7066-aa52-5ca5-96c6-f6bfb6dc18d4', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","515e7066-aa52-5ca5-96c6-f6bfb6dc18d4",""]', '{"recipient":"staff-social-lead-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xdaf26a6b9b5a1ea1d57573a443741c3130d89ede3104ff42bb47dfb4c928775a', '\xfb1f7b97735bbc61ca39c23ccafc0d4eabc60dc4402033bc9aa2e7a79abc4271'),
	(62, 'bakkegaarden', '61369e41-8a7e-5712-b4ff-34b42d63a290', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","61369e41-8a7e-5712-b4ff-34b42d63a290",""]', '{"recipient":"staff-social-caretaker-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x173b091f22164247b752a2d454918a8a8a65c176d95de24d7b60fd102b418e0d', '\x62ae8c6e8cc56d4e1b18d718e7404001e24c70a0f9ffde800ad59e9fc25a10bc'),
	(63, 'bakkegaarden', '8ec5f3f7-076b-5710-8fbb-18a1317eb403', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","6bb581a2-63a1-48d9-b37f-10111b8ac7fc","8ec5f3f7-076b-5710-8fbb-18a1317eb403",""]', '{"recipient":"staff-social-caretaker-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x39328fea19b4959a9353dfe393c47a83b4ef1b8c987b2ca3df0e11859150c95b', '\x49bd9c4d23aa46d58625b77a6c40bc0daaaff74dc3052408e798e70de24ed464'),
	(65, 'bakkegaarden', '71762e29-6b8a-548d-b930-9afa908f608d', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","17ceca91-dc15-4a69-9d53-5345496bceed","71762e29-6b8a-548d-b930-9afa908f608d",""]', '{"recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x990796242dde206b23e9607229a92fea2715501d8b1259c514930a3c420cb99e', '\x4e46a73027b72b3b75e0eab90f6eb7fb8922c509c9e5e3568ccc407adb007710'),
	(66, 'bakkegaarden', '8c0a854b-cbaa-5076-be83-d70eb3275c8c', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","17ceca91-dc15-4a69-9d53-5345496bceed","8c0a854b-cbaa-5076-be83-d70eb3275c8c",""]', '{"recipient":"staff-social-caretaker-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\x1baab2f45e817eaa67fd60f8041a3f9e476c9c36ee81e247212a31b3f082d3bb', '\xd0a0cc0fb3eaf119ef89e4fab6f08785090586cdb57062537c9de2607f70af0c'),
	(67, 'bakkegaarden', 'ce028b06-580c-5829-ade2-ad66e9af5def', 1, 'notice.requested', '2026-03-10 09:00:00+00', '["system:notifications","system","system:cases","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-789d-73f7-ae7b-3696df3d3aa1","fe1171c8-7706-52f4-981f-92724f5488e3","00-b1397187dab673a0997270d26c8c2355-80c72dd6a9c78901-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"link":"/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec","channel":"mail","severity":"acute"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x940b1e0a48fa3c31f76082e430c270a3ad5d7f2151abb8e96746ad5197d8c66c'),
	(68, 'bakkegaarden', 'ce028b06-580c-5829-ade2-ad66e9af5def', 2, 'notice.sent', '2026-03-10 09:00:00+00', '["clock","system","","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-789d-73f7-ae7b-3696df3d3aa1","ce028b06-580c-5829-ade2-ad66e9af5def",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"attempt":1,"reply":"2xx"}', '\x940b1e0a48fa3c31f76082e430c270a3ad5d7f2151abb8e96746ad5197d8c66c', '\xbdb63332b09a18c78ffff48f6b71896b9d7d56827b794d4b511e0a7e1aa8e140'),
	(71, 'bakkegaarden', '79b5b238-2b04-5f08-90a7-f4bbb7a59f3a', 2, 'notice.failed', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","01a21a0d-7f14-732e-a800-32291c84218b","79b5b238-2b04-5f08-90a7-f4bbb7a59f3a",""]', '{"recipient":"staff-caretaker-2","kind":"in_good_hands","about":{"_type_":"uuid_hex","_data_":"01a21a0d7775725aa7d98da0df79cbac"},"attempt":1,"reason":"recipient_refused_5xx"}', '\x3afac8e9dde8a2c90ee9c2dde354a715f4fe1c24c3b51f463479403fe8feda28', '\x95ddae5752e537fcf1eb807a698acb801c19951c3b5fddfdfefcbb3b18bb0565'),
	(72, 'bakkegaarden', '7c02de50-d863-5d5a-ac55-f8858aa1db53', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","698adb2a-dee9-5ee2-b2c3-59ba337a3b2f",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"first_contact_missed","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"link":"/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x1b3e74e4e45a3b017a25bbd86b68205ccf39eda58813cd218eefc11f91a21bfe'),
	(77, 'bakkegaarden', '3b87dc84-bbd9-5993-906b-d13d52b9a97a', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","784f8dd4-965d-46be-9964-430151da2b99","ab34e792-43f5-5a60-baf4-a560a002fe44",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"triage_missed","about":{"_type_":"uuid_hex","_data_":"f442100d862a5cf5894cc7e5ce31fcb3"},"link":"/cases/f442100d-862a-5cf5-894c-c7e5ce31fcb3","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x70b56c4dbdb8b911f333a321c74844f4614359905e0630c0e5c3cbdbbebf4d07'),
	(78, 'bakkegaarden', '1373ddff-0482-5836-be6e-ebfde601590b', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","bac448c2-b1f4-5229-bb65-be07517744f5",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"follow_up_missed","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"link":"/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x324300bbda977d658372c0065a91c101a33bc2c66e15c6ec7c0be2f47cd24505'),
	(80, 'bakkegaarden', 'fa844647-2552-5d02-845d-7b6d56f0f702', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","99dabd16-adf0-4dd2-b989-5b5ead4cfa77","dec6540d-e4fd-51e4-9842-6375e84cc633",""]', '{"originator_topic":"notice","recipient":"staff-social-caretaker-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x532f0e52395f09fac956cf2990c32676c005040b4998dd2278268889253ce0c8'),
	(81, 'bakkegaarden', 'da3bc898-a579-5e8b-a544-2ee609334c16', 1, 'notice.requested', '2026-03-16 09:00:00+00', '["system:notifications","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","99dabd16-adf0-4dd2-b989-5b5ead4cfa77","dec6540d-e4fd-51e4-9842-6375e84cc633",""]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"link":"/cases/b4261a65-8269-523b-b18a-b7f9145723fe","channel":"mail","severity":""}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xb59676f37f609bacfb533bf3daeac9e43adfd4bf0dad8346583a25b35bc20413'),
	(82, 'bakkegaarden', '1a971079-0221-5ae5-bfb2-619db60ca69a', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","6ba57d29-7d6c-45d0-ba98-cbc85df9d42c","1a971079-0221-5ae5-bfb2-619db60ca69a",""]', '{"recipient":"staff-social-lead-1","kind":"first_contact_missed","about":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"attempt":1,"reply":"2xx"}', '\xc1285eaeb9ed05b36cdbff8d7f1778315d676318601a588314cf67888fda4942', '\x83bbf82712c4d124392e893faf432ea4c95b8e5122a1126d739e837d3929ec07'),
	(70, 'bakkegaarden', '180e057a-5884-56b3-a8bd-4589c4c72194', 1, 'notice.requested', '2026-03-10 09:00:00+00', '["system:notifications","system","system:cases","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7f63-70a1-a926-79276e084dee","0f0025b5-a591-5d62-b4d0-66790e18560c","00-3754a1ca5a95b89d0c0834d59181b54b-46fae35cc9289d75-00"]', '{"originator_topic":"notice","recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"f442100d862a5cf5894cc7e5ce31fcb3"},"link":"/cases/f442100d-862a-5cf5-894c-c7e5ce31fcb3","channel":"mail","severity":"medium"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x17e5f2535215ab3d50b0e8f68d4d1eafe722136916895af74cb2ecdda0215321'),
	(73, 'bakkegaarden', '180e057a-5884-56b3-a8bd-4589c4c72194', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","01a21a0d-7f63-70a1-a926-79276e084dee","180e057a-5884-56b3-a8bd-4589c4c72194",""]', '{"recipient":"staff-social-lead-1","kind":"concern_raised","about":{"_type_":"uuid_hex","_data_":"f442100d862a5cf5894cc7e5ce31fcb3"},"attempt":1,"reply":"2xx"}', '\x17e5f2535215ab3d50b0e8f68d4d1eafe722136916895af74cb2ecdda0215321', '\x74f814399c8323c05fb899133dcfe36b92405037651c6c5810e81cdf35ff3fff'),
	(76, 'bakkegaarden', '7c02de50-d863-5d5a-ac55-f8858aa1db53', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","7c02de50-d863-5d5a-ac55-f8858aa1db53",""]', '{"recipient":"staff-social-lead-1","kind":"first_contact_missed","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"attempt":1,"reply":"2xx"}', '\x1b3e74e4e45a3b017a25bbd86b68205ccf39eda58813cd218eefc11f91a21bfe', '\xa6e04b2da008ee54f14955eb1adc067036494a9c4ec6bcf2f108be0c74996a39'),
	(79, 'bakkegaarden', 'b64f9a9f-d465-55fe-b9c8-109f4ccea3eb', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","9f90e964-8db3-49c0-833c-7a6677d766f7","b64f9a9f-d465-55fe-b9c8-109f4ccea3eb",""]', '{"recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"attempt":1,"reply":"2xx"}', '\x8bc7ce9b53287be7da165dedea1e521e95b38be79e8063bd78417dd2e92fd3d1', '\x4b970b5ad0e41c5369ccccc83d2461a26972c23f100269345fdeab29bd31db79'),
	(85, 'bakkegaarden', 'da3bc898-a579-5e8b-a544-2ee609334c16', 2, 'notice.sent', '2026-03-16 09:00:00+00', '["clock","system","","2026-03-16T09:00:00+00:00","operation","","","99dabd16-adf0-4dd2-b989-5b5ead4cfa77","da3bc898-a579-5e8b-a544-2ee609334c16",""]', '{"recipient":"staff-social-lead-1","kind":"referral_silent","about":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"attempt":1,"reply":"2xx"}', '\xb59676f37f609bacfb533bf3daeac9e43adfd4bf0dad8346583a25b35bc20413', '\x2b0bf1958e9bdff009490a3dc95592457b73975ccb9644db65e691b52e955869');


--
-- Data for Name: inbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES
	(1, 'notifications', '/brobygger/bakkegaarden/cases', 'b1e87965-5b25-5450-9c83-c657a72c24a4', 'dk.brobygger.cases.procedure_adopted.v1', '2026-11-26 22:49:52.220491+00', NULL, NULL, NULL),
	(2, 'notifications', '/brobygger/bakkegaarden/cases', 'ea6fd225-398e-592f-94af-9e459bfd5671', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.179858+00', NULL, NULL, NULL),
	(3, 'notifications', '/brobygger/bakkegaarden/cases', 'c5968d57-28c6-5962-8ef2-417ffacbaaec', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:53.179858+00', NULL, NULL, NULL),
	(4, 'notifications', '/brobygger/bakkegaarden/cases', 'c6cb7b13-7ad2-5176-a464-dfba4a26ce61', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.690836+00', NULL, NULL, NULL),
	(5, 'notifications', '/brobygger/bakkegaarden/cases', '18acd40f-189f-5793-961a-3844f16a80fb', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.909038+00', NULL, NULL, NULL),
	(6, 'notifications', '/brobygger/bakkegaarden/cases', 'f49cabb8-26a1-5d09-a349-a14cbef8756f', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:53.96929+00', NULL, NULL, NULL),
	(7, 'notifications', '/brobygger/bakkegaarden/cases', '90db0cb1-045b-52c2-8883-950d35730171', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:54.442176+00', NULL, NULL, NULL),
	(8, 'notifications', '/brobygger/bakkegaarden/cases', '28a48732-0df8-5db1-aafb-fdd0a57437cc', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.53202+00', NULL, NULL, NULL),
	(9, 'notifications', '/brobygger/bakkegaarden/cases', '5b1d25d1-26ab-5e17-b032-f944e561cb9b', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.591792+00', NULL, NULL, NULL),
	(10, 'notifications', '/brobygger/bakkegaarden/cases', 'e4dfac4a-2e30-5f5b-b4f4-6e450929b7cd', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.591792+00', NULL, NULL, NULL),
	(11, 'notifications', '/brobygger/bakkegaarden/cases', '9102fa19-83a9-5c6d-ad23-9d0ad1342432', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:54.941145+00', NULL, NULL, NULL),
	(12, 'notifications', '/brobygger/bakkegaarden/cases', '3f0a7c3d-8676-5c32-98a4-c7ea770c2444', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:55.207224+00', NULL, NULL, NULL),
	(13, 'notifications', '/brobygger/bakkegaarden/cases', '6ec51051-fd62-5797-a81a-05cfbc6fd5f8', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:55.423697+00', NULL, NULL, NULL),
	(14, 'notifications', '/brobygger/bakkegaarden/cases', '9e5a7f6e-8f68-5cac-8189-d7cb54d10da5', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:55.629018+00', NULL, NULL, NULL),
	(15, 'notifications', '/brobygger/bakkegaarden/cases', 'c42882a5-7dc9-5e4f-bb41-3ad47aa56bb0', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:56.170109+00', NULL, NULL, NULL),
	(16, 'notifications', '/brobygger/bakkegaarden/cases', 'fe8b603d-787c-5529-9343-19028da072c0', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:56.302931+00', NULL, NULL, NULL),
	(17, 'notifications', '/brobygger/bakkegaarden/cases', '2a026c12-464f-59db-9073-9c526d32979c', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:56.688043+00', NULL, NULL, NULL),
	(18, 'notifications', '/brobygger/bakkegaarden/cases', '17ccece4-ec2f-5cd0-b8f9-0daeed731229', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:57.34418+00', NULL, NULL, NULL),
	(19, 'notifications', '/brobygger/bakkegaarden/cases', '35455a0d-ef11-5088-bf63-129631e92ea9', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:49:58.51834+00', NULL, NULL, NULL),
	(20, 'notifications', '/brobygger/bakkegaarden/cases', '99cf721c-00a1-5862-819b-c62a5cdfbd4a', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:49:58.842447+00', NULL, NULL, NULL),
	(21, 'notifications', '/brobygger/bakkegaarden/cases', '7bf5fd2e-7b53-532e-bdcc-7b144da87205', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:49:59.031582+00', NULL, NULL, NULL),
	(22, 'notifications', '/brobygger/bakkegaarden/cases', 'b8ac03bb-f37b-58f6-8dde-f0f1e12845f5', 'dk.brobygger.cases.concern_dismissed.v1', '2026-11-26 22:49:59.250214+00', NULL, NULL, NULL),
	(23, 'notifications', '/brobygger/bakkegaarden/cases', '88f64dc7-c446-58c1-9722-0d76d5961494', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:49:59.451092+00', NULL, NULL, NULL),
	(24, 'notifications', '/brobygger/bakkegaarden/cases', '3b6f77b1-9ed4-5e71-b9f5-41cbf5fb2af7', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:49:59.852893+00', NULL, NULL, NULL),
	(25, 'notifications', '/brobygger/bakkegaarden/cases', '895def1b-3b07-506e-828c-45e6c7e9f60b', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:00.093084+00', NULL, NULL, NULL),
	(26, 'notifications', '/brobygger/bakkegaarden/cases', 'a054c6f0-3bea-5c1f-836f-d882ccabd8b3', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.199847+00', NULL, NULL, NULL),
	(27, 'notifications', '/brobygger/bakkegaarden/cases', '54a60df7-b646-59a9-97b7-6caa263c5b75', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.307108+00', NULL, NULL, NULL),
	(28, 'notifications', '/brobygger/bakkegaarden/cases', '9242b709-2092-59d7-b6b0-64a90e051891', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.307108+00', NULL, NULL, NULL),
	(29, 'notifications', '/brobygger/bakkegaarden/cases', 'f844c784-82c0-51f9-856d-708ff0aa70c3', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:00.654545+00', NULL, NULL, NULL),
	(30, 'notifications', '/brobygger/bakkegaarden/cases', '5b55d673-e33b-52bd-8897-141cb1d37910', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:00.848194+00', NULL, NULL, NULL),
	(31, 'notifications', '/brobygger/bakkegaarden/cases', 'db0470f1-b0b4-5a87-894a-29cd414af050', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.954374+00', NULL, NULL, NULL),
	(32, 'notifications', '/brobygger/bakkegaarden/cases', '626839bb-d8ac-577a-bf12-2d5d53695b15', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:01.157039+00', NULL, NULL, NULL),
	(33, 'notifications', '/brobygger/bakkegaarden/cases', '6fdb1589-986a-58ab-985c-9ae4ea48e386', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:01.460927+00', NULL, NULL, NULL),
	(34, 'notifications', '/brobygger/bakkegaarden/cases', '1e7e07ee-f1e0-5d2c-97db-bb421058aaa7', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:01.562303+00', NULL, NULL, NULL),
	(35, 'notifications', '/brobygger/bakkegaarden/cases', '36a5f1be-df93-5e6a-b4b4-96ad1f97b64a', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:01.775091+00', NULL, NULL, NULL),
	(36, 'notifications', '/brobygger/bakkegaarden/cases', '061f9705-95ec-5754-af1d-e6011a9b9da6', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:01.972168+00', NULL, NULL, NULL),
	(37, 'notifications', '/brobygger/bakkegaarden/cases', 'a285e81d-bf6d-57ff-a6fc-51225783f936', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.126188+00', NULL, NULL, NULL),
	(38, 'notifications', '/brobygger/bakkegaarden/cases', '4c5732c9-061b-5242-8e9e-add8952731c2', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:02.404298+00', NULL, NULL, NULL),
	(39, 'notifications', '/brobygger/bakkegaarden/cases', '770e2a3d-5a7d-5005-82de-8044b07d5cb0', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:02.782983+00', NULL, NULL, NULL),
	(40, 'notifications', '/brobygger/bakkegaarden/cases', 'c5a3c20d-4e53-5843-b57f-4982bb274df4', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.847319+00', NULL, NULL, NULL),
	(41, 'notifications', '/brobygger/bakkegaarden/cases', '5367c1ae-caa3-577b-863c-9d7bf1b09d70', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.911016+00', NULL, NULL, NULL),
	(42, 'notifications', '/brobygger/bakkegaarden/cases', '64d7bf0b-8d01-57d3-820c-2b9eca3bc962', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:02.963461+00', NULL, NULL, NULL),
	(43, 'notifications', '/brobygger/bakkegaarden/cases', 'a0e0b42c-3ffa-5eb9-bb2d-e8d746730f1f', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:04.328377+00', NULL, NULL, NULL),
	(44, 'notifications', '/brobygger/bakkegaarden/cases', 'dbccb489-9e46-511d-b4ca-ccdae78fcd8c', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:04.57818+00', NULL, NULL, NULL),
	(45, 'notifications', '/brobygger/bakkegaarden/cases', 'a8ce0fc0-1a82-5e3c-a696-1d585d23d541', 'dk.brobygger.cases.severity_changed.v1', '2026-11-26 22:50:05.309855+00', NULL, NULL, NULL),
	(46, 'notifications', '/brobygger/bakkegaarden/cases', 'eff216be-f26f-5113-b088-b2ce18b7e647', 'dk.brobygger.cases.case_assigned.v1', '2026-11-26 22:50:05.497358+00', NULL, NULL, NULL),
	(47, 'notifications', '/brobygger/bakkegaarden/cases', '10c6358d-fd25-5b60-8954-495796932420', 'dk.brobygger.cases.case_assigned.v1', '2026-11-26 22:50:05.75153+00', NULL, NULL, NULL),
	(53, 'notifications', '/brobygger/bakkegaarden/cases', '7e82e578-6994-58d6-97e2-9d9cef6c2b38', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.542132+00', NULL, NULL, NULL),
	(58, 'notifications', '/brobygger/bakkegaarden/cases', '87a06482-0e44-5600-8a8f-5c3e5c576931', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:08.236028+00', NULL, NULL, NULL),
	(59, 'notifications', '/brobygger/bakkegaarden/cases', 'bf05ab2d-7898-59e8-9c66-8dd9ccaa7744', 'dk.brobygger.cases.referral_acknowledged.v1', '2026-11-26 22:50:08.538742+00', NULL, NULL, NULL),
	(60, 'notifications', '/brobygger/bakkegaarden/cases', '96ccd220-bb55-56f4-8f92-31972749d081', 'dk.brobygger.cases.referral_answered.v1', '2026-11-26 22:50:08.677097+00', NULL, NULL, NULL),
	(61, 'notifications', '/brobygger/bakkegaarden/cases', '8f91d2cb-8d42-5695-ab8c-169c85abe61a', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:08.883056+00', NULL, NULL, NULL),
	(66, 'notifications', '/brobygger/bakkegaarden/cases', 'e6f986c4-22a4-5cd3-b804-f7750606fe1c', 'dk.brobygger.cases.accompaniment_planned.v1', '2026-11-26 22:50:10.271289+00', NULL, NULL, NULL),
	(70, 'notifications', '/brobygger/bakkegaarden/cases', 'ee38432f-d8ea-53b6-a8a7-64f668670399', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:11.361622+00', NULL, NULL, NULL),
	(71, 'notifications', '/brobygger/bakkegaarden/cases', '560623a2-a352-5fcb-b22e-2a4b7000cb41', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:11.59953+00', NULL, NULL, NULL),
	(105, 'notifications', '/brobygger/bakkegaarden/cases', '4c7e440f-d383-5e84-bd78-e43c176b08b1', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:22.864443+00', NULL, NULL, NULL),
	(106, 'notifications', '/brobygger/bakkegaarden/cases', '3488003b-1936-56ce-9e12-db5e4d8e4704', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:23.038539+00', NULL, NULL, NULL),
	(111, 'notifications', '/brobygger/bakkegaarden/cases', '091901ae-6ba2-50cc-b1c3-f85e6729bd24', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:50:24.887175+00', NULL, NULL, NULL),
	(48, 'notifications', '/brobygger/bakkegaarden/cases', '6de3bd3a-84a6-526b-8a86-d2fbd02e74e5', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.121967+00', NULL, NULL, NULL),
	(49, 'notifications', '/brobygger/bakkegaarden/cases', 'cbbd8820-b248-5b5d-bef2-92b6b0c54a86', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.170431+00', NULL, NULL, NULL),
	(50, 'notifications', '/brobygger/bakkegaarden/cases', '21f5c9cc-26a8-54ad-bf0e-a80d7f7f74ce', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.195182+00', NULL, NULL, NULL),
	(51, 'notifications', '/brobygger/bakkegaarden/cases', '4cce76a4-fc90-5c55-bd36-543e035257df', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.195182+00', NULL, NULL, NULL),
	(52, 'notifications', '/brobygger/bakkegaarden/cases', '7f3a9fa4-8d03-5602-854e-a9632f4e02be', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.306608+00', NULL, NULL, NULL),
	(54, 'notifications', '/brobygger/bakkegaarden/cases', '0b67ba6c-3ed7-538f-8e8f-55cf6fb9c9ce', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.759986+00', NULL, NULL, NULL),
	(55, 'notifications', '/brobygger/bakkegaarden/cases', '03a2188e-66c9-500a-8a3a-b338fa0df3fe', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:07.046953+00', NULL, NULL, NULL),
	(56, 'notifications', '/brobygger/bakkegaarden/cases', '6527e3e0-1007-5940-aebf-bf46dbce81d8', 'dk.brobygger.cases.referral_acknowledged.v1', '2026-11-26 22:50:07.615573+00', NULL, NULL, NULL),
	(57, 'notifications', '/brobygger/bakkegaarden/cases', '15f4c2e9-ee14-5e68-8a82-3b5ed06fa13d', 'dk.brobygger.cases.referral_answered.v1', '2026-11-26 22:50:08.019869+00', NULL, NULL, NULL),
	(62, 'notifications', '/brobygger/bakkegaarden/cases', '789878e5-331d-522e-b183-9f958df7281f', 'dk.brobygger.cases.damage_service_ordered.v1', '2026-11-26 22:50:09.283446+00', NULL, NULL, NULL),
	(63, 'notifications', '/brobygger/bakkegaarden/cases', '6eb7dbd1-6e4d-5fee-8597-beafacb04233', 'dk.brobygger.cases.damage_service_completed.v1', '2026-11-26 22:50:09.434316+00', NULL, NULL, NULL),
	(64, 'notifications', '/brobygger/bakkegaarden/cases', '78e34d1e-b860-5282-95b2-d779699026ad', 'dk.brobygger.cases.damage_service_ordered.v1', '2026-11-26 22:50:09.660168+00', NULL, NULL, NULL),
	(65, 'notifications', '/brobygger/bakkegaarden/cases', '4e9013be-3677-5b27-82b1-c71d0535c856', 'dk.brobygger.cases.accompaniment_planned.v1', '2026-11-26 22:50:09.857041+00', NULL, NULL, NULL),
	(67, 'notifications', '/brobygger/bakkegaarden/cases', 'e3cef76b-a12c-5145-9f8a-b244daf3e059', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:10.552411+00', NULL, NULL, NULL),
	(68, 'notifications', '/brobygger/bakkegaarden/cases', '3190a6c0-842f-588f-b894-9bc91af8ffb2', 'dk.brobygger.cases.follow_up_done.v1', '2026-11-26 22:50:10.733241+00', NULL, NULL, NULL),
	(69, 'notifications', '/brobygger/bakkegaarden/cases', 'a96aa323-7089-5461-b029-36346767c22e', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:11.01289+00', NULL, NULL, NULL),
	(72, 'notifications', '/brobygger/bakkegaarden/cases', '40e3fa7a-6864-5ce2-b11f-23ec58150c6d', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:11.921208+00', NULL, NULL, NULL),
	(76, 'notifications', '/brobygger/bakkegaarden/cases', 'ca25035b-41e2-5567-b5be-643f8a5e50c4', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:12.967143+00', NULL, NULL, NULL),
	(77, 'notifications', '/brobygger/bakkegaarden/cases', 'a8f5772d-361b-5b07-bebd-c9397e75fe6b', 'dk.brobygger.cases.case_closed.v1', '2026-11-26 22:50:13.478474+00', NULL, NULL, NULL),
	(78, 'notifications', '/brobygger/bakkegaarden/cases', 'b51e67f6-5267-59f5-bf81-588391d492c9', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:13.787843+00', NULL, NULL, NULL),
	(86, 'notifications', '/brobygger/bakkegaarden/cases', '74502fcf-ad3e-5462-bc5c-ae26c5a3df4e', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:16.266803+00', NULL, NULL, NULL),
	(87, 'notifications', '/brobygger/bakkegaarden/cases', 'fe73a6e6-cf5a-58b6-b1f6-17c30b550c23', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.241075+00', NULL, NULL, NULL),
	(88, 'notifications', '/brobygger/bakkegaarden/cases', '580fafdd-b556-5188-ac98-010e2c9a6c46', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.400075+00', NULL, NULL, NULL),
	(89, 'notifications', '/brobygger/bakkegaarden/cases', '1d2b1e6d-e6a4-51eb-ba90-df19b01ee24c', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.625495+00', NULL, NULL, NULL),
	(90, 'notifications', '/brobygger/bakkegaarden/cases', 'e2184ea5-1045-5a2e-90f2-5f36c6bed19d', 'dk.brobygger.cases.follow_up_missed.v1', '2026-11-26 22:50:17.823649+00', NULL, NULL, NULL),
	(91, 'notifications', '/brobygger/bakkegaarden/cases', '9cded238-78d4-5d74-9ca8-de9c04c42b34', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:17.823649+00', NULL, NULL, NULL),
	(93, 'notifications', '/brobygger/bakkegaarden/cases', '35dd56fe-adc1-52e7-b367-ccbb7b89a7cc', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:18.986544+00', NULL, NULL, NULL),
	(97, 'notifications', '/brobygger/bakkegaarden/cases', '932bfc94-b829-5758-9bf0-2b4dc30a51bd', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:21.739754+00', NULL, NULL, NULL),
	(98, 'notifications', '/brobygger/bakkegaarden/cases', '14baa821-4b06-5803-a426-f3ce326f30b3', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.773003+00', NULL, NULL, NULL),
	(99, 'notifications', '/brobygger/bakkegaarden/cases', '8f17c5b6-ee6a-5ebf-b9f6-77d5fb53aff0', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.814992+00', NULL, NULL, NULL),
	(100, 'notifications', '/brobygger/bakkegaarden/cases', 'bb57e85a-0ccf-5044-b41a-29695f45a35b', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.857636+00', NULL, NULL, NULL),
	(101, 'notifications', '/brobygger/bakkegaarden/cases', '05cfc6e2-2b84-5b37-85a5-96bb5f4b0187', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:21.946454+00', NULL, NULL, NULL),
	(102, 'notifications', '/brobygger/bakkegaarden/cases', '0f0025b5-a591-5d62-b4d0-66790e18560c', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:50:22.279115+00', NULL, NULL, NULL),
	(103, 'notifications', '/brobygger/bakkegaarden/cases', 'f2ad8efc-64be-535a-9401-4ab7a374552d', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:22.407685+00', NULL, NULL, NULL),
	(73, 'notifications', '/brobygger/bakkegaarden/cases', '82168019-4364-5302-ac3a-5c46082f20cf', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:12.199081+00', NULL, NULL, NULL),
	(74, 'notifications', '/brobygger/bakkegaarden/cases', '182dcfec-e942-5129-b249-c4f13c7a548d', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:12.420052+00', NULL, NULL, NULL),
	(75, 'notifications', '/brobygger/bakkegaarden/cases', '0c9b9a4d-78d1-5abf-a58b-f08d952ab36b', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:12.698322+00', NULL, NULL, NULL),
	(79, 'notifications', '/brobygger/bakkegaarden/cases', 'e17dafd4-8582-5b83-b1c8-ea8d8ffb1caf', 'dk.brobygger.cases.case_closed.v1', '2026-11-26 22:50:14.204493+00', NULL, NULL, NULL),
	(80, 'notifications', '/brobygger/bakkegaarden/cases', '92b98eb7-82f8-5c05-b721-9e3e77ffb7c7', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:14.499489+00', NULL, NULL, NULL),
	(81, 'notifications', '/brobygger/bakkegaarden/cases', '2d4750c2-6956-512a-999a-9dc7258d53cc', 'dk.brobygger.cases.case_reopened.v1', '2026-11-26 22:50:14.749031+00', NULL, NULL, NULL),
	(82, 'notifications', '/brobygger/bakkegaarden/cases', '0fcef654-26fc-5fe5-937a-68db7b663261', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:14.874777+00', NULL, NULL, NULL),
	(83, 'notifications', '/brobygger/bakkegaarden/cases', '6148a451-b340-5dac-8926-884d4f0a40be', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:15.724796+00', NULL, NULL, NULL),
	(84, 'notifications', '/brobygger/bakkegaarden/cases', '312648ee-481b-52b6-8d95-c27ca6040cbc', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:15.942953+00', NULL, NULL, NULL),
	(85, 'notifications', '/brobygger/bakkegaarden/cases', 'f4a35be0-11cc-5fb4-b9bb-b78a20bcef3d', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:16.123559+00', NULL, NULL, NULL),
	(92, 'notifications', '/brobygger/bakkegaarden/cases', '1c7bf776-1aa1-5f7e-b747-cecba91e4f6b', 'dk.brobygger.cases.procedure_adopted.v1', '2026-11-26 22:50:18.787149+00', NULL, NULL, NULL),
	(94, 'notifications', '/brobygger/bakkegaarden/cases', 'fe1171c8-7706-52f4-981f-92724f5488e3', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:50:21.11943+00', NULL, NULL, NULL),
	(95, 'notifications', '/brobygger/bakkegaarden/cases', '1d45b043-a94e-5a73-a791-66a696f73bd3', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:21.319355+00', NULL, NULL, NULL),
	(96, 'notifications', '/brobygger/bakkegaarden/cases', '7c598513-40d9-5cfe-bf0c-975076eb7026', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:21.50908+00', NULL, NULL, NULL),
	(104, 'notifications', '/brobygger/bakkegaarden/cases', '698adb2a-dee9-5ee2-b2c3-59ba337a3b2f', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:22.686246+00', NULL, NULL, NULL),
	(107, 'notifications', '/brobygger/bakkegaarden/cases', 'ab34e792-43f5-5a60-baf4-a560a002fe44', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:23.311582+00', NULL, NULL, NULL),
	(108, 'notifications', '/brobygger/bakkegaarden/cases', 'bac448c2-b1f4-5229-bb65-be07517744f5', 'dk.brobygger.cases.follow_up_missed.v1', '2026-11-26 22:50:23.311582+00', NULL, NULL, NULL),
	(109, 'notifications', '/brobygger/bakkegaarden/cases', 'dec6540d-e4fd-51e4-9842-6375e84cc633', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:23.311582+00', NULL, NULL, NULL),
	(110, 'notifications', '/brobygger/bakkegaarden/cases', '50e75262-eb49-526a-b910-4c8ae47279b1', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:50:24.543812+00', NULL, NULL, NULL);


--
-- Data for Name: migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.migrations VALUES
	('0001_ground.sql', 'e4301c1250155a4c8bfe6beceabb302d8e0d746740d2f4d9b1c7ee8b42cd7cf9', '2026-11-26 22:49:40.046203+00'),
	('read model notification', '9420cab173fc1f1032bbc70fe49cafe6d68c7c1bce05b98f6b1699d179d3e282', '2026-11-26 22:49:40.046203+00');


--
-- Data for Name: notice_list; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.notice_list VALUES
	('3b594c97-6ce2-52d0-8031-37a9a94c1751', 'bakkegaarden', 'staff-caretaker-1', 'observation_news', '01a21a0d-15d2-73c4-83ec-011d8de91c27', '/intake/observations/01a21a0d-15d2-73c4-83ec-011d8de91c27', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-59ca-7467-880f-604171abf883', NULL),
	('6b06dce5-4231-5197-872c-7d93a21f0403', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'aeab97e0-1060-5d3d-9f9d-b488632664dd', '/cases/aeab97e0-1060-5d3d-9f9d-b488632664dd', 'high', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-0c28-777a-a794-42b56947bd11', NULL),
	('c52bc7fc-59b1-5254-9f39-5baea22f840b', 'bakkegaarden', 'staff-social-caretaker-1', 'case_opened', 'f5c0b696-fa35-5df1-b480-36384eaee8f9', '/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-2edd-7001-a0c0-d60435648a9e', NULL),
	('522e2a9a-84e7-5538-9b78-103f04b57568', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'af10f58a-b531-5fcd-87ae-98b1b47c0793', '/cases/af10f58a-b531-5fcd-87ae-98b1b47c0793', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-0fdc-751d-a1c2-8b3448f04e53', NULL),
	('8a6e704f-1623-5e41-abb6-aa36d6a0e838', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', '35788118-a7c0-5b4d-8a39-3c03eb6d5bf9', '/cases/35788118-a7c0-5b4d-8a39-3c03eb6d5bf9', 'medium', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-115d-7092-896d-5141a5f658a1', NULL),
	('4e57a528-9b0c-5ee5-a291-81382aa13111', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', 'high', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-12af-7434-9967-baaefaf33cd6', NULL),
	('ec64a6d7-36e7-54d5-ad1d-3a34a63678a3', 'bakkegaarden', 'staff-social-caretaker-1', 'case_opened', 'fdea9a53-a723-5407-9869-5793914e4fab', '/cases/fdea9a53-a723-5407-9869-5793914e4fab', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-3114-7730-a905-83f37b6803f1', NULL),
	('2d41e8cb-54b5-5b0d-9bee-e122a1d074b7', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', '0dd51b4c-e080-5723-bdff-48b838edfcaf', '/cases/0dd51b4c-e080-5723-bdff-48b838edfcaf', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-144f-7341-bb4b-62ceabf71e50', NULL),
	('720f6504-2610-5fab-a4de-0742cc175a25', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'f5c0b696-fa35-5df1-b480-36384eaee8f9', '/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-15fb-75e4-9176-6f7dba5de9cd', NULL),
	('eb8b280f-2f72-5ebd-a76a-d86795540ed6', 'bakkegaarden', 'staff-social-lead-1', 'caretaker_not_told', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-06 09:00:00+00', NULL, '2026-03-06 09:00:00+00', '728e760f-ee50-4775-ae2b-ec043bb90628', NULL),
	('f6911077-cad1-54f9-8b22-d5592a882f80', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', '860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', 'medium', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-1842-747d-af7e-7edb57a1ddd2', NULL),
	('7d46b640-af1f-5d50-8025-ea387d318a1b', 'bakkegaarden', 'staff-social-lead-1', 'triage_missed', 'aeab97e0-1060-5d3d-9f9d-b488632664dd', '/cases/aeab97e0-1060-5d3d-9f9d-b488632664dd', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', 'c8dfdb4b-9eaa-4d55-aa54-20c0744b2ed6', NULL),
	('43cb806c-b2d2-50d4-b6ef-e877025ca68e', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'fdea9a53-a723-5407-9869-5793914e4fab', '/cases/fdea9a53-a723-5407-9869-5793914e4fab', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-1b46-7541-b310-bd23939962ec', NULL),
	('5bef4acc-14aa-5ead-96d8-fa915225c0ae', 'bakkegaarden', 'staff-caretaker-1', 'observation_news', '01a21a0d-114e-7714-bb05-ee8cdb07498e', '/intake/observations/01a21a0d-114e-7714-bb05-ee8cdb07498e', '', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-2730-707b-a9fc-759029532090', NULL),
	('9d0d4203-b22d-52f2-b7fa-c9afaafea044', 'bakkegaarden', 'staff-caretaker-1', 'observation_news', '01a21a0d-1b26-7041-acee-e320d970ab59', '/intake/observations/01a21a0d-1b26-7041-acee-e320d970ab59', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-5bda-750f-845b-df8c575eecb9', NULL),
	('4beee64a-d7e6-5cf1-b69d-de76d86a55b5', 'bakkegaarden', 'staff-social-caretaker-1', 'case_opened', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', 'high', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-2986-76f7-b437-5c2f60bcff99', NULL),
	('b89a5522-b437-55e0-8bee-35dbd9a1899d', 'bakkegaarden', 'staff-social-caretaker-1', 'case_assigned', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-3fa1-71fa-b9ef-411633809957', NULL),
	('8a14606c-e223-5407-ba5b-90be64b957b1', 'bakkegaarden', 'staff-social-caretaker-1', 'case_opened', '0dd51b4c-e080-5723-bdff-48b838edfcaf', '/cases/0dd51b4c-e080-5723-bdff-48b838edfcaf', 'low', 'sent', 1, '', '2026-03-03 09:00:00+00', NULL, '2026-03-03 09:00:00+00', '01a21a0d-2cb9-716e-bd31-d0298cea6586', NULL),
	('d7165356-6846-5860-9995-64a1b2972c15', 'bakkegaarden', 'staff-caretaker-1', 'companion_wanted', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/intake/observations/01a21a0d-12a2-737b-ac0a-8559935b2c18', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-4fb9-739a-8a28-96f1d9895a62', NULL),
	('895be597-ad6a-5d53-9816-c062d081fbc0', 'bakkegaarden', 'staff-caretaker-1', 'in_good_hands', '01a21a0d-12a2-737b-ac0a-8559935b2c18', '/intake/observations/01a21a0d-12a2-737b-ac0a-8559935b2c18', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-55cb-76d2-b185-b1ec509f7536', NULL),
	('40b97227-c724-50fc-9aca-4df30aa0bbe5', 'bakkegaarden', 'staff-social-caretaker-1', 'case_assigned', 'f5c0b696-fa35-5df1-b480-36384eaee8f9', '/cases/f5c0b696-fa35-5df1-b480-36384eaee8f9', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-62c4-74df-82d7-276d47f86365', NULL),
	('b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17', 'bakkegaarden', 'staff-caretaker-1', 'observation_news', '01a21a0d-143d-75b1-8435-32e772b45ec0', '/intake/observations/01a21a0d-143d-75b1-8435-32e772b45ec0', '', 'sent', 1, '', '2026-03-04 09:00:00+00', NULL, '2026-03-04 09:00:00+00', '01a21a0d-5798-76f0-9974-3fec3746c939', NULL),
	('4dab963d-a53e-5669-9330-cc3023e3993f', 'bakkegaarden', 'staff-social-lead-1', 'caretaker_not_told', '860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '', 'sent', 1, '', '2026-03-06 09:00:00+00', NULL, '2026-03-06 09:00:00+00', '32af769d-00a1-447e-ab9b-6e304302f60f', NULL),
	('4ad5e27f-75ec-5533-89a4-1f4c39fbb61d', 'bakkegaarden', 'staff-social-caretaker-1', 'caretaker_not_told', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-06 09:00:00+00', NULL, '2026-03-06 09:00:00+00', '728e760f-ee50-4775-ae2b-ec043bb90628', NULL),
	('515e7066-aa52-5ca5-96c6-f6bfb6dc18d4', 'bakkegaarden', 'staff-social-lead-1', 'follow_up_missed', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('69d5cb20-e6fe-5c78-90ec-1393650ae495', 'bakkegaarden', 'staff-social-lead-1', 'caretaker_not_told', '860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-09 09:00:00+00', 'c1282297-fc16-467f-ba5d-e7e242eee605', NULL),
	('755b417e-40b4-529b-8fe4-bc60b1316445', 'bakkegaarden', 'staff-social-caretaker-1', 'caretaker_not_told', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-09 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e', 'bakkegaarden', 'staff-social-lead-1', 'caretaker_not_told', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-09 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('8c0a854b-cbaa-5076-be83-d70eb3275c8c', 'bakkegaarden', 'staff-social-caretaker-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-10 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '17ceca91-dc15-4a69-9d53-5345496bceed', NULL),
	('61369e41-8a7e-5712-b4ff-34b42d63a290', 'bakkegaarden', 'staff-social-caretaker-1', 'follow_up_missed', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('8ec5f3f7-076b-5710-8fbb-18a1317eb403', 'bakkegaarden', 'staff-social-caretaker-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('b3a33014-c152-5453-b222-b644f0b9ab56', 'bakkegaarden', 'staff-social-lead-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-09 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '6bb581a2-63a1-48d9-b37f-10111b8ac7fc', NULL),
	('71762e29-6b8a-548d-b930-9afa908f608d', 'bakkegaarden', 'staff-social-lead-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-10 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '17ceca91-dc15-4a69-9d53-5345496bceed', NULL),
	('ce028b06-580c-5829-ade2-ad66e9af5def', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', '872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec', 'acute', 'sent', 1, '', '2026-03-10 09:00:00+00', NULL, '2026-03-10 09:00:00+00', '01a21a0d-789d-73f7-ae7b-3696df3d3aa1', NULL),
	('79b5b238-2b04-5f08-90a7-f4bbb7a59f3a', 'bakkegaarden', 'staff-caretaker-2', 'in_good_hands', '01a21a0d-7775-725a-a7d9-8da0df79cbac', '/intake/observations/01a21a0d-7775-725a-a7d9-8da0df79cbac', '', 'failed', 1, 'recipient_refused_5xx', '2026-03-10 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '01a21a0d-7f14-732e-a800-32291c84218b', NULL),
	('b64f9a9f-d465-55fe-b9c8-109f4ccea3eb', 'bakkegaarden', 'staff-social-lead-1', 'caretaker_not_told', '872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '9f90e964-8db3-49c0-833c-7a6677d766f7', NULL),
	('180e057a-5884-56b3-a8bd-4589c4c72194', 'bakkegaarden', 'staff-social-lead-1', 'concern_raised', 'f442100d-862a-5cf5-894c-c7e5ce31fcb3', '/cases/f442100d-862a-5cf5-894c-c7e5ce31fcb3', 'medium', 'sent', 1, '', '2026-03-10 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '01a21a0d-7f63-70a1-a926-79276e084dee', NULL),
	('7c02de50-d863-5d5a-ac55-f8858aa1db53', 'bakkegaarden', 'staff-social-lead-1', 'first_contact_missed', '872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '9f90e964-8db3-49c0-833c-7a6677d766f7', NULL),
	('1373ddff-0482-5836-be6e-ebfde601590b', 'bakkegaarden', 'staff-social-lead-1', 'follow_up_missed', '872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '/cases/872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '9f90e964-8db3-49c0-833c-7a6677d766f7', NULL),
	('3b87dc84-bbd9-5993-906b-d13d52b9a97a', 'bakkegaarden', 'staff-social-lead-1', 'triage_missed', 'f442100d-862a-5cf5-894c-c7e5ce31fcb3', '/cases/f442100d-862a-5cf5-894c-c7e5ce31fcb3', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '784f8dd4-965d-46be-9964-430151da2b99', NULL),
	('da3bc898-a579-5e8b-a544-2ee609334c16', 'bakkegaarden', 'staff-social-lead-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '99dabd16-adf0-4dd2-b989-5b5ead4cfa77', NULL),
	('fa844647-2552-5d02-845d-7b6d56f0f702', 'bakkegaarden', 'staff-social-caretaker-1', 'referral_silent', 'b4261a65-8269-523b-b18a-b7f9145723fe', '/cases/b4261a65-8269-523b-b18a-b7f9145723fe', '', 'waiting', 1, 'recipient_refused_4xx', '2026-03-16 09:00:00+00', '2026-03-16 09:01:00+00', NULL, '99dabd16-adf0-4dd2-b989-5b5ead4cfa77', NULL),
	('1a971079-0221-5ae5-bfb2-619db60ca69a', 'bakkegaarden', 'staff-social-lead-1', 'first_contact_missed', '860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '/cases/860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '', 'sent', 1, '', '2026-03-16 09:00:00+00', NULL, '2026-03-16 09:00:00+00', '6ba57d29-7d6c-45d0-ba98-cbc85df9d42c', NULL);


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES
	(1, 4, 'brobygger.notifications', '6b06dce5-4231-5197-872c-7d93a21f0403', '{"ce_id": "6d520eb5-57d4-5410-b507-0aa8396a0c29", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "6b06dce5-4231-5197-872c-7d93a21f0403", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "6b06dce5-4231-5197-872c-7d93a21f0403", "ce_specversion": "1.0", "ce_partitionkey": "6b06dce5-4231-5197-872c-7d93a21f0403", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-0c28-777a-a794-42b56947bd11", "ce_classification": "internal"}', convert_to('{"notice_id":"6b06dce5-4231-5197-872c-7d93a21f0403","recipient":"staff-social-lead-1","kind":"concern_raised","about":"aeab97e0-1060-5d3d-9f9d-b488632664dd"}', 'UTF8'), '2026-11-26 22:49:53.425039+00', '2026-11-26 22:49:53.561018+00'),
	(2, 12, 'brobygger.notifications', '522e2a9a-84e7-5538-9b78-103f04b57568', '{"ce_id": "a4305ed0-4646-585e-a390-e30d5ec945ae", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "522e2a9a-84e7-5538-9b78-103f04b57568", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "522e2a9a-84e7-5538-9b78-103f04b57568", "ce_specversion": "1.0", "ce_partitionkey": "522e2a9a-84e7-5538-9b78-103f04b57568", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-0fdc-751d-a1c2-8b3448f04e53", "ce_classification": "internal"}', convert_to('{"notice_id":"522e2a9a-84e7-5538-9b78-103f04b57568","recipient":"staff-social-lead-1","kind":"concern_raised","about":"af10f58a-b531-5fcd-87ae-98b1b47c0793"}', 'UTF8'), '2026-11-26 22:49:54.117026+00', '2026-11-26 22:49:54.206207+00'),
	(3, 3, 'brobygger.notifications', '8a6e704f-1623-5e41-abb6-aa36d6a0e838', '{"ce_id": "28b01bcb-d3ac-5c00-9a4a-fedde38b1bb2", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "8a6e704f-1623-5e41-abb6-aa36d6a0e838", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "8a6e704f-1623-5e41-abb6-aa36d6a0e838", "ce_specversion": "1.0", "ce_partitionkey": "8a6e704f-1623-5e41-abb6-aa36d6a0e838", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-115d-7092-896d-5141a5f658a1", "ce_classification": "internal"}', convert_to('{"notice_id":"8a6e704f-1623-5e41-abb6-aa36d6a0e838","recipient":"staff-social-lead-1","kind":"concern_raised","about":"35788118-a7c0-5b4d-8a39-3c03eb6d5bf9"}', 'UTF8'), '2026-11-26 22:49:54.357039+00', '2026-11-26 22:49:54.413175+00'),
	(4, 3, 'brobygger.notifications', '4e57a528-9b0c-5ee5-a291-81382aa13111', '{"ce_id": "a9d0a85e-19e8-54d1-8923-e8e7baf9d515", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "4e57a528-9b0c-5ee5-a291-81382aa13111", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "4e57a528-9b0c-5ee5-a291-81382aa13111", "ce_specversion": "1.0", "ce_partitionkey": "4e57a528-9b0c-5ee5-a291-81382aa13111", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-12af-7434-9967-baaefaf33cd6", "ce_classification": "internal"}', convert_to('{"notice_id":"4e57a528-9b0c-5ee5-a291-81382aa13111","recipient":"staff-social-lead-1","kind":"concern_raised","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:49:54.870893+00', '2026-11-26 22:49:55.013389+00'),
	(6, 9, 'brobygger.notifications', '720f6504-2610-5fab-a4de-0742cc175a25', '{"ce_id": "628a7944-fba5-5b16-9c49-658e96af2f8c", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "720f6504-2610-5fab-a4de-0742cc175a25", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "720f6504-2610-5fab-a4de-0742cc175a25", "ce_specversion": "1.0", "ce_partitionkey": "720f6504-2610-5fab-a4de-0742cc175a25", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-15fb-75e4-9176-6f7dba5de9cd", "ce_classification": "internal"}', convert_to('{"notice_id":"720f6504-2610-5fab-a4de-0742cc175a25","recipient":"staff-social-lead-1","kind":"concern_raised","about":"f5c0b696-fa35-5df1-b480-36384eaee8f9"}', 'UTF8'), '2026-11-26 22:49:55.925052+00', '2026-11-26 22:49:56.078886+00'),
	(7, 15, 'brobygger.notifications', 'f6911077-cad1-54f9-8b22-d5592a882f80', '{"ce_id": "7b3dc100-1d75-5a0e-94c7-e2c7d8eea4e5", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "f6911077-cad1-54f9-8b22-d5592a882f80", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "f6911077-cad1-54f9-8b22-d5592a882f80", "ce_specversion": "1.0", "ce_partitionkey": "f6911077-cad1-54f9-8b22-d5592a882f80", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-1842-747d-af7e-7edb57a1ddd2", "ce_classification": "internal"}', convert_to('{"notice_id":"f6911077-cad1-54f9-8b22-d5592a882f80","recipient":"staff-social-lead-1","kind":"concern_raised","about":"860a3cbd-1cc7-5b2e-ac34-4d90127f95b4"}', 'UTF8'), '2026-11-26 22:49:56.563+00', '2026-11-26 22:49:56.655498+00'),
	(10, 11, 'brobygger.notifications', '4beee64a-d7e6-5cf1-b69d-de76d86a55b5', '{"ce_id": "3e0bcfe1-5805-5dfb-91ce-9bc11d03026d", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "4beee64a-d7e6-5cf1-b69d-de76d86a55b5", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "4beee64a-d7e6-5cf1-b69d-de76d86a55b5", "ce_specversion": "1.0", "ce_partitionkey": "4beee64a-d7e6-5cf1-b69d-de76d86a55b5", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-2986-76f7-b437-5c2f60bcff99", "ce_classification": "internal"}', convert_to('{"notice_id":"4beee64a-d7e6-5cf1-b69d-de76d86a55b5","recipient":"staff-social-caretaker-1","kind":"case_opened","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:00.540915+00', '2026-11-26 22:50:00.642968+00'),
	(5, 0, 'brobygger.notifications', '2d41e8cb-54b5-5b0d-9bee-e122a1d074b7', '{"ce_id": "e3a21eca-7fa8-5f9b-85c0-8c774813dff5", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "2d41e8cb-54b5-5b0d-9bee-e122a1d074b7", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "2d41e8cb-54b5-5b0d-9bee-e122a1d074b7", "ce_specversion": "1.0", "ce_partitionkey": "2d41e8cb-54b5-5b0d-9bee-e122a1d074b7", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-144f-7341-bb4b-62ceabf71e50", "ce_classification": "internal"}', convert_to('{"notice_id":"2d41e8cb-54b5-5b0d-9bee-e122a1d074b7","recipient":"staff-social-lead-1","kind":"concern_raised","about":"0dd51b4c-e080-5723-bdff-48b838edfcaf"}', 'UTF8'), '2026-11-26 22:49:55.530577+00', '2026-11-26 22:49:55.705699+00'),
	(8, 6, 'brobygger.notifications', '43cb806c-b2d2-50d4-b6ef-e877025ca68e', '{"ce_id": "fb658452-8cf4-52d2-a7cf-3c48f51a526d", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "43cb806c-b2d2-50d4-b6ef-e877025ca68e", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "43cb806c-b2d2-50d4-b6ef-e877025ca68e", "ce_specversion": "1.0", "ce_partitionkey": "43cb806c-b2d2-50d4-b6ef-e877025ca68e", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-1b46-7541-b310-bd23939962ec", "ce_classification": "internal"}', convert_to('{"notice_id":"43cb806c-b2d2-50d4-b6ef-e877025ca68e","recipient":"staff-social-lead-1","kind":"concern_raised","about":"fdea9a53-a723-5407-9869-5793914e4fab"}', 'UTF8'), '2026-11-26 22:49:58.721319+00', '2026-11-26 22:49:58.788844+00'),
	(9, 4, 'brobygger.notifications', '5bef4acc-14aa-5ead-96d8-fa915225c0ae', '{"ce_id": "db1829cc-60c8-514b-98bb-599ba6e9a930", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "5bef4acc-14aa-5ead-96d8-fa915225c0ae", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "5bef4acc-14aa-5ead-96d8-fa915225c0ae", "ce_specversion": "1.0", "ce_partitionkey": "5bef4acc-14aa-5ead-96d8-fa915225c0ae", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-2730-707b-a9fc-759029532090", "ce_classification": "internal"}', convert_to('{"notice_id":"5bef4acc-14aa-5ead-96d8-fa915225c0ae","recipient":"staff-caretaker-1","kind":"observation_news","about":"01a21a0d-114e-7714-bb05-ee8cdb07498e"}', 'UTF8'), '2026-11-26 22:49:59.719135+00', '2026-11-26 22:49:59.762093+00'),
	(11, 15, 'brobygger.notifications', '8a14606c-e223-5407-ba5b-90be64b957b1', '{"ce_id": "38c21c8e-11ca-5ffb-9731-e3f8cbd6adff", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "8a14606c-e223-5407-ba5b-90be64b957b1", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "8a14606c-e223-5407-ba5b-90be64b957b1", "ce_specversion": "1.0", "ce_partitionkey": "8a14606c-e223-5407-ba5b-90be64b957b1", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-2cb9-716e-bd31-d0298cea6586", "ce_classification": "internal"}', convert_to('{"notice_id":"8a14606c-e223-5407-ba5b-90be64b957b1","recipient":"staff-social-caretaker-1","kind":"case_opened","about":"0dd51b4c-e080-5723-bdff-48b838edfcaf"}', 'UTF8'), '2026-11-26 22:50:01.387135+00', '2026-11-26 22:50:01.433918+00'),
	(12, 7, 'brobygger.notifications', 'c52bc7fc-59b1-5254-9f39-5baea22f840b', '{"ce_id": "6231c482-e827-51e1-a515-b1af6fc82ba3", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "c52bc7fc-59b1-5254-9f39-5baea22f840b", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "c52bc7fc-59b1-5254-9f39-5baea22f840b", "ce_specversion": "1.0", "ce_partitionkey": "c52bc7fc-59b1-5254-9f39-5baea22f840b", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-2edd-7001-a0c0-d60435648a9e", "ce_classification": "internal"}', convert_to('{"notice_id":"c52bc7fc-59b1-5254-9f39-5baea22f840b","recipient":"staff-social-caretaker-1","kind":"case_opened","about":"f5c0b696-fa35-5df1-b480-36384eaee8f9"}', 'UTF8'), '2026-11-26 22:50:01.839435+00', '2026-11-26 22:50:01.859066+00'),
	(13, 7, 'brobygger.notifications', 'ec64a6d7-36e7-54d5-ad1d-3a34a63678a3', '{"ce_id": "d1724516-4d2c-56fa-871f-312c09e9e5b5", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "ec64a6d7-36e7-54d5-ad1d-3a34a63678a3", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "ec64a6d7-36e7-54d5-ad1d-3a34a63678a3", "ce_specversion": "1.0", "ce_partitionkey": "ec64a6d7-36e7-54d5-ad1d-3a34a63678a3", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-3114-7730-a905-83f37b6803f1", "ce_classification": "internal"}', convert_to('{"notice_id":"ec64a6d7-36e7-54d5-ad1d-3a34a63678a3","recipient":"staff-social-caretaker-1","kind":"case_opened","about":"fdea9a53-a723-5407-9869-5793914e4fab"}', 'UTF8'), '2026-11-26 22:50:02.593778+00', '2026-11-26 22:50:02.653061+00'),
	(14, 15, 'brobygger.notifications', '7d46b640-af1f-5d50-8025-ea387d318a1b', '{"ce_id": "c3e1f053-7acf-5e8a-ad92-f196a2e85cf7", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "7d46b640-af1f-5d50-8025-ea387d318a1b", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "7d46b640-af1f-5d50-8025-ea387d318a1b", "ce_specversion": "1.0", "ce_partitionkey": "7d46b640-af1f-5d50-8025-ea387d318a1b", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "c8dfdb4b-9eaa-4d55-aa54-20c0744b2ed6", "ce_classification": "internal"}', convert_to('{"notice_id":"7d46b640-af1f-5d50-8025-ea387d318a1b","recipient":"staff-social-lead-1","kind":"triage_missed","about":"aeab97e0-1060-5d3d-9f9d-b488632664dd"}', 'UTF8'), '2026-11-26 22:50:04.200006+00', '2026-11-26 22:50:04.243366+00'),
	(15, 0, 'brobygger.notifications', 'b89a5522-b437-55e0-8bee-35dbd9a1899d', '{"ce_id": "3cee7c05-9c8e-5083-a862-8f138a7c1fa1", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "b89a5522-b437-55e0-8bee-35dbd9a1899d", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "b89a5522-b437-55e0-8bee-35dbd9a1899d", "ce_specversion": "1.0", "ce_partitionkey": "b89a5522-b437-55e0-8bee-35dbd9a1899d", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-3fa1-71fa-b9ef-411633809957", "ce_classification": "internal"}', convert_to('{"notice_id":"b89a5522-b437-55e0-8bee-35dbd9a1899d","recipient":"staff-social-caretaker-1","kind":"case_assigned","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:06.005067+00', '2026-11-26 22:50:06.098339+00'),
	(16, 6, 'brobygger.notifications', 'd7165356-6846-5860-9995-64a1b2972c15', '{"ce_id": "8fab153a-a4d4-5f43-aa3b-28c149056090", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "d7165356-6846-5860-9995-64a1b2972c15", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "d7165356-6846-5860-9995-64a1b2972c15", "ce_specversion": "1.0", "ce_partitionkey": "d7165356-6846-5860-9995-64a1b2972c15", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-4fb9-739a-8a28-96f1d9895a62", "ce_classification": "internal"}', convert_to('{"notice_id":"d7165356-6846-5860-9995-64a1b2972c15","recipient":"staff-caretaker-1","kind":"companion_wanted","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:10.19864+00', '2026-11-26 22:50:10.28283+00'),
	(17, 12, 'brobygger.notifications', '895be597-ad6a-5d53-9816-c062d081fbc0', '{"ce_id": "c2304361-fdfa-5a86-84e8-27ec41960345", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "895be597-ad6a-5d53-9816-c062d081fbc0", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "895be597-ad6a-5d53-9816-c062d081fbc0", "ce_specversion": "1.0", "ce_partitionkey": "895be597-ad6a-5d53-9816-c062d081fbc0", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-55cb-76d2-b185-b1ec509f7536", "ce_classification": "internal"}', convert_to('{"notice_id":"895be597-ad6a-5d53-9816-c062d081fbc0","recipient":"staff-caretaker-1","kind":"in_good_hands","about":"01a21a0d-12a2-737b-ac0a-8559935b2c18"}', 'UTF8'), '2026-11-26 22:50:11.938628+00', '2026-11-26 22:50:12.088853+00'),
	(19, 15, 'brobygger.notifications', '3b594c97-6ce2-52d0-8031-37a9a94c1751', '{"ce_id": "2a63f080-34f0-555d-ac0b-cda12dabe37a", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "3b594c97-6ce2-52d0-8031-37a9a94c1751", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "3b594c97-6ce2-52d0-8031-37a9a94c1751", "ce_specversion": "1.0", "ce_partitionkey": "3b594c97-6ce2-52d0-8031-37a9a94c1751", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-59ca-7467-880f-604171abf883", "ce_classification": "internal"}', convert_to('{"notice_id":"3b594c97-6ce2-52d0-8031-37a9a94c1751","recipient":"staff-caretaker-1","kind":"observation_news","about":"01a21a0d-15d2-73c4-83ec-011d8de91c27"}', 'UTF8'), '2026-11-26 22:50:12.791208+00', '2026-11-26 22:50:12.889466+00'),
	(21, 4, 'brobygger.notifications', '40b97227-c724-50fc-9aca-4df30aa0bbe5', '{"ce_id": "60e89949-7da7-5b97-a7e0-b7181638620a", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "40b97227-c724-50fc-9aca-4df30aa0bbe5", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "40b97227-c724-50fc-9aca-4df30aa0bbe5", "ce_specversion": "1.0", "ce_partitionkey": "40b97227-c724-50fc-9aca-4df30aa0bbe5", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-62c4-74df-82d7-276d47f86365", "ce_classification": "internal"}', convert_to('{"notice_id":"40b97227-c724-50fc-9aca-4df30aa0bbe5","recipient":"staff-social-caretaker-1","kind":"case_assigned","about":"f5c0b696-fa35-5df1-b480-36384eaee8f9"}', 'UTF8'), '2026-11-26 22:50:15.133091+00', '2026-11-26 22:50:15.24686+00'),
	(23, 9, 'brobygger.notifications', '4ad5e27f-75ec-5533-89a4-1f4c39fbb61d', '{"ce_id": "54d7813a-94e7-5c4a-9747-10a9a8568a33", "ce_time": "2026-03-06T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "4ad5e27f-75ec-5533-89a4-1f4c39fbb61d", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "4ad5e27f-75ec-5533-89a4-1f4c39fbb61d", "ce_specversion": "1.0", "ce_partitionkey": "4ad5e27f-75ec-5533-89a4-1f4c39fbb61d", "ce_recordedtime": "2026-03-06T09:00:00Z", "ce_correlationid": "728e760f-ee50-4775-ae2b-ec043bb90628", "ce_classification": "internal"}', convert_to('{"notice_id":"4ad5e27f-75ec-5533-89a4-1f4c39fbb61d","recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:16.841146+00', '2026-11-26 22:50:16.935165+00'),
	(26, 3, 'brobygger.notifications', '755b417e-40b4-529b-8fe4-bc60b1316445', '{"ce_id": "beca40c0-7fd9-534e-be43-481b5e22fb20", "ce_time": "2026-03-09T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "755b417e-40b4-529b-8fe4-bc60b1316445", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "755b417e-40b4-529b-8fe4-bc60b1316445", "ce_specversion": "1.0", "ce_partitionkey": "755b417e-40b4-529b-8fe4-bc60b1316445", "ce_recordedtime": "2026-03-09T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"755b417e-40b4-529b-8fe4-bc60b1316445","recipient":"staff-social-caretaker-1","kind":"caretaker_not_told","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:17.908419+00', '2026-11-26 22:50:18.025702+00'),
	(34, 2, 'brobygger.notifications', 'ce028b06-580c-5829-ade2-ad66e9af5def', '{"ce_id": "acc39702-65eb-50d1-b3fa-2c9a6811a360", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "ce028b06-580c-5829-ade2-ad66e9af5def", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "ce028b06-580c-5829-ade2-ad66e9af5def", "ce_specversion": "1.0", "ce_partitionkey": "ce028b06-580c-5829-ade2-ad66e9af5def", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "01a21a0d-789d-73f7-ae7b-3696df3d3aa1", "ce_classification": "internal"}', convert_to('{"notice_id":"ce028b06-580c-5829-ade2-ad66e9af5def","recipient":"staff-social-lead-1","kind":"concern_raised","about":"872c68c6-9cd9-5b08-8ba8-953000a6b0ec"}', 'UTF8'), '2026-11-26 22:50:21.688607+00', '2026-11-26 22:50:21.721219+00'),
	(18, 2, 'brobygger.notifications', 'b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17', '{"ce_id": "5a3a9aa8-b573-5e16-8d0e-5601fb6be703", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17", "ce_specversion": "1.0", "ce_partitionkey": "b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-5798-76f0-9974-3fec3746c939", "ce_classification": "internal"}', convert_to('{"notice_id":"b7c8454a-c9b3-5ba6-9f0c-fa1096b2cf17","recipient":"staff-caretaker-1","kind":"observation_news","about":"01a21a0d-143d-75b1-8435-32e772b45ec0"}', 'UTF8'), '2026-11-26 22:50:12.533057+00', '2026-11-26 22:50:12.627246+00'),
	(20, 8, 'brobygger.notifications', '9d0d4203-b22d-52f2-b7fa-c9afaafea044', '{"ce_id": "858d1465-b89d-5100-9e5e-a2820c19a116", "ce_time": "2026-03-04T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "9d0d4203-b22d-52f2-b7fa-c9afaafea044", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "9d0d4203-b22d-52f2-b7fa-c9afaafea044", "ce_specversion": "1.0", "ce_partitionkey": "9d0d4203-b22d-52f2-b7fa-c9afaafea044", "ce_recordedtime": "2026-03-04T09:00:00Z", "ce_correlationid": "01a21a0d-5bda-750f-845b-df8c575eecb9", "ce_classification": "internal"}', convert_to('{"notice_id":"9d0d4203-b22d-52f2-b7fa-c9afaafea044","recipient":"staff-caretaker-1","kind":"observation_news","about":"01a21a0d-1b26-7041-acee-e320d970ab59"}', 'UTF8'), '2026-11-26 22:50:13.22502+00', '2026-11-26 22:50:13.288495+00'),
	(22, 4, 'brobygger.notifications', '4dab963d-a53e-5669-9330-cc3023e3993f', '{"ce_id": "82c4e0eb-205d-5807-acf0-506c0c558506", "ce_time": "2026-03-06T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "4dab963d-a53e-5669-9330-cc3023e3993f", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "4dab963d-a53e-5669-9330-cc3023e3993f", "ce_specversion": "1.0", "ce_partitionkey": "4dab963d-a53e-5669-9330-cc3023e3993f", "ce_recordedtime": "2026-03-06T09:00:00Z", "ce_correlationid": "32af769d-00a1-447e-ab9b-6e304302f60f", "ce_classification": "internal"}', convert_to('{"notice_id":"4dab963d-a53e-5669-9330-cc3023e3993f","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":"860a3cbd-1cc7-5b2e-ac34-4d90127f95b4"}', 'UTF8'), '2026-11-26 22:50:16.445693+00', '2026-11-26 22:50:16.499293+00'),
	(31, 14, 'brobygger.notifications', 'b3a33014-c152-5453-b222-b644f0b9ab56', '{"ce_id": "ae2e2985-5326-5199-b3a3-6194c58a988e", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "b3a33014-c152-5453-b222-b644f0b9ab56", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "b3a33014-c152-5453-b222-b644f0b9ab56", "ce_specversion": "1.0", "ce_partitionkey": "b3a33014-c152-5453-b222-b644f0b9ab56", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"b3a33014-c152-5453-b222-b644f0b9ab56","recipient":"staff-social-lead-1","kind":"referral_silent","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:19.549016+00', '2026-11-26 22:50:19.738615+00'),
	(36, 4, 'brobygger.notifications', '180e057a-5884-56b3-a8bd-4589c4c72194', '{"ce_id": "1a0267a5-9f68-51a2-a639-bbd5515101dc", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "180e057a-5884-56b3-a8bd-4589c4c72194", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "180e057a-5884-56b3-a8bd-4589c4c72194", "ce_specversion": "1.0", "ce_partitionkey": "180e057a-5884-56b3-a8bd-4589c4c72194", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "01a21a0d-7f63-70a1-a926-79276e084dee", "ce_classification": "internal"}', convert_to('{"notice_id":"180e057a-5884-56b3-a8bd-4589c4c72194","recipient":"staff-social-lead-1","kind":"concern_raised","about":"f442100d-862a-5cf5-894c-c7e5ce31fcb3"}', 'UTF8'), '2026-11-26 22:50:22.830905+00', '2026-11-26 22:50:22.965826+00'),
	(37, 13, 'brobygger.notifications', '7c02de50-d863-5d5a-ac55-f8858aa1db53', '{"ce_id": "9b22fcb6-11e7-59cc-ac38-b3cc95251915", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "7c02de50-d863-5d5a-ac55-f8858aa1db53", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "7c02de50-d863-5d5a-ac55-f8858aa1db53", "ce_specversion": "1.0", "ce_partitionkey": "7c02de50-d863-5d5a-ac55-f8858aa1db53", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "9f90e964-8db3-49c0-833c-7a6677d766f7", "ce_classification": "internal"}', convert_to('{"notice_id":"7c02de50-d863-5d5a-ac55-f8858aa1db53","recipient":"staff-social-lead-1","kind":"first_contact_missed","about":"872c68c6-9cd9-5b08-8ba8-953000a6b0ec"}', 'UTF8'), '2026-11-26 22:50:23.247747+00', '2026-11-26 22:50:23.481922+00'),
	(24, 12, 'brobygger.notifications', 'eb8b280f-2f72-5ebd-a76a-d86795540ed6', '{"ce_id": "7da59a32-2125-571f-a90d-8b72760e732e", "ce_time": "2026-03-06T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "eb8b280f-2f72-5ebd-a76a-d86795540ed6", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "eb8b280f-2f72-5ebd-a76a-d86795540ed6", "ce_specversion": "1.0", "ce_partitionkey": "eb8b280f-2f72-5ebd-a76a-d86795540ed6", "ce_recordedtime": "2026-03-06T09:00:00Z", "ce_correlationid": "728e760f-ee50-4775-ae2b-ec043bb90628", "ce_classification": "internal"}', convert_to('{"notice_id":"eb8b280f-2f72-5ebd-a76a-d86795540ed6","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:16.992807+00', '2026-11-26 22:50:17.065709+00'),
	(25, 12, 'brobygger.notifications', '69d5cb20-e6fe-5c78-90ec-1393650ae495', '{"ce_id": "e9f7bf3e-ef14-5880-b30e-d063c20c932e", "ce_time": "2026-03-09T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "69d5cb20-e6fe-5c78-90ec-1393650ae495", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "69d5cb20-e6fe-5c78-90ec-1393650ae495", "ce_specversion": "1.0", "ce_partitionkey": "69d5cb20-e6fe-5c78-90ec-1393650ae495", "ce_recordedtime": "2026-03-09T09:00:00Z", "ce_correlationid": "c1282297-fc16-467f-ba5d-e7e242eee605", "ce_classification": "internal"}', convert_to('{"notice_id":"69d5cb20-e6fe-5c78-90ec-1393650ae495","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":"860a3cbd-1cc7-5b2e-ac34-4d90127f95b4"}', 'UTF8'), '2026-11-26 22:50:17.722639+00', '2026-11-26 22:50:17.867424+00'),
	(28, 13, 'brobygger.notifications', '515e7066-aa52-5ca5-96c6-f6bfb6dc18d4', '{"ce_id": "e822eb18-2d20-532f-bd0d-ff5e7a322aaa", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "515e7066-aa52-5ca5-96c6-f6bfb6dc18d4", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "515e7066-aa52-5ca5-96c6-f6bfb6dc18d4", "ce_specversion": "1.0", "ce_partitionkey": "515e7066-aa52-5ca5-96c6-f6bfb6dc18d4", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"515e7066-aa52-5ca5-96c6-f6bfb6dc18d4","recipient":"staff-social-lead-1","kind":"follow_up_missed","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:18.866892+00', '2026-11-26 22:50:18.96908+00'),
	(29, 12, 'brobygger.notifications', '61369e41-8a7e-5712-b4ff-34b42d63a290', '{"ce_id": "84f42afb-6552-57e9-82fb-202aa622c5a2", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "61369e41-8a7e-5712-b4ff-34b42d63a290", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "61369e41-8a7e-5712-b4ff-34b42d63a290", "ce_specversion": "1.0", "ce_partitionkey": "61369e41-8a7e-5712-b4ff-34b42d63a290", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"61369e41-8a7e-5712-b4ff-34b42d63a290","recipient":"staff-social-caretaker-1","kind":"follow_up_missed","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:19.164772+00', '2026-11-26 22:50:19.337522+00'),
	(30, 6, 'brobygger.notifications', '8ec5f3f7-076b-5710-8fbb-18a1317eb403', '{"ce_id": "edae5aad-cb8c-5685-bcf8-e5a6463685e0", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "8ec5f3f7-076b-5710-8fbb-18a1317eb403", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "8ec5f3f7-076b-5710-8fbb-18a1317eb403", "ce_specversion": "1.0", "ce_partitionkey": "8ec5f3f7-076b-5710-8fbb-18a1317eb403", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"8ec5f3f7-076b-5710-8fbb-18a1317eb403","recipient":"staff-social-caretaker-1","kind":"referral_silent","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:19.306294+00', '2026-11-26 22:50:19.445087+00'),
	(32, 4, 'brobygger.notifications', '71762e29-6b8a-548d-b930-9afa908f608d', '{"ce_id": "d45f7896-972a-544b-95be-e1a985966a32", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "71762e29-6b8a-548d-b930-9afa908f608d", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "71762e29-6b8a-548d-b930-9afa908f608d", "ce_specversion": "1.0", "ce_partitionkey": "71762e29-6b8a-548d-b930-9afa908f608d", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "17ceca91-dc15-4a69-9d53-5345496bceed", "ce_classification": "internal"}', convert_to('{"notice_id":"71762e29-6b8a-548d-b930-9afa908f608d","recipient":"staff-social-lead-1","kind":"referral_silent","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:19.715408+00', '2026-11-26 22:50:19.802036+00'),
	(33, 0, 'brobygger.notifications', '8c0a854b-cbaa-5076-be83-d70eb3275c8c', '{"ce_id": "73e2243f-af3b-5c75-a06d-d7f4d7057dfa", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "8c0a854b-cbaa-5076-be83-d70eb3275c8c", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "8c0a854b-cbaa-5076-be83-d70eb3275c8c", "ce_specversion": "1.0", "ce_partitionkey": "8c0a854b-cbaa-5076-be83-d70eb3275c8c", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "17ceca91-dc15-4a69-9d53-5345496bceed", "ce_classification": "internal"}', convert_to('{"notice_id":"8c0a854b-cbaa-5076-be83-d70eb3275c8c","recipient":"staff-social-caretaker-1","kind":"referral_silent","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:20.07502+00', '2026-11-26 22:50:20.202238+00'),
	(27, 12, 'brobygger.notifications', 'ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e', '{"ce_id": "446be651-7558-5681-8fa3-5f765e5be154", "ce_time": "2026-03-09T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e", "ce_specversion": "1.0", "ce_partitionkey": "ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e", "ce_recordedtime": "2026-03-09T09:00:00Z", "ce_correlationid": "6bb581a2-63a1-48d9-b37f-10111b8ac7fc", "ce_classification": "internal"}', convert_to('{"notice_id":"ea0ff7f6-e99a-5501-aa7e-e0e4ab1bec5e","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:18.01631+00', '2026-11-26 22:50:18.086857+00'),
	(40, 5, 'brobygger.notifications', '1373ddff-0482-5836-be6e-ebfde601590b', '{"ce_id": "a9d7218b-b70c-5a81-b308-68ebd9acb04f", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "1373ddff-0482-5836-be6e-ebfde601590b", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "1373ddff-0482-5836-be6e-ebfde601590b", "ce_specversion": "1.0", "ce_partitionkey": "1373ddff-0482-5836-be6e-ebfde601590b", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "9f90e964-8db3-49c0-833c-7a6677d766f7", "ce_classification": "internal"}', convert_to('{"notice_id":"1373ddff-0482-5836-be6e-ebfde601590b","recipient":"staff-social-lead-1","kind":"follow_up_missed","about":"872c68c6-9cd9-5b08-8ba8-953000a6b0ec"}', 'UTF8'), '2026-11-26 22:50:24.371735+00', '2026-11-26 22:50:24.475838+00'),
	(35, 4, 'brobygger.notifications', '79b5b238-2b04-5f08-90a7-f4bbb7a59f3a', '{"ce_id": "f2667c73-0718-58f9-8f9f-3b5429e5dd14", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_failed.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "79b5b238-2b04-5f08-90a7-f4bbb7a59f3a", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_failed:v1", "ce_association": "bakkegaarden", "ce_causationid": "79b5b238-2b04-5f08-90a7-f4bbb7a59f3a", "ce_specversion": "1.0", "ce_partitionkey": "79b5b238-2b04-5f08-90a7-f4bbb7a59f3a", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "01a21a0d-7f14-732e-a800-32291c84218b", "ce_classification": "internal"}', convert_to('{"notice_id":"79b5b238-2b04-5f08-90a7-f4bbb7a59f3a","recipient":"staff-caretaker-2","kind":"in_good_hands","about":"01a21a0d-7775-725a-a7d9-8da0df79cbac","reason":"recipient_refused_5xx"}', 'UTF8'), '2026-11-26 22:50:22.459211+00', '2026-11-26 22:50:22.569505+00'),
	(39, 12, 'brobygger.notifications', '1a971079-0221-5ae5-bfb2-619db60ca69a', '{"ce_id": "99981d94-ae3b-560a-96b4-69fd66b8e1ec", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "1a971079-0221-5ae5-bfb2-619db60ca69a", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "1a971079-0221-5ae5-bfb2-619db60ca69a", "ce_specversion": "1.0", "ce_partitionkey": "1a971079-0221-5ae5-bfb2-619db60ca69a", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "6ba57d29-7d6c-45d0-ba98-cbc85df9d42c", "ce_classification": "internal"}', convert_to('{"notice_id":"1a971079-0221-5ae5-bfb2-619db60ca69a","recipient":"staff-social-lead-1","kind":"first_contact_missed","about":"860a3cbd-1cc7-5b2e-ac34-4d90127f95b4"}', 'UTF8'), '2026-11-26 22:50:23.718487+00', '2026-11-26 22:50:24.10905+00'),
	(41, 0, 'brobygger.notifications', '3b87dc84-bbd9-5993-906b-d13d52b9a97a', '{"ce_id": "0340ba21-cdf8-5b8d-a29d-1099ee2ed1d4", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "3b87dc84-bbd9-5993-906b-d13d52b9a97a", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "3b87dc84-bbd9-5993-906b-d13d52b9a97a", "ce_specversion": "1.0", "ce_partitionkey": "3b87dc84-bbd9-5993-906b-d13d52b9a97a", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "784f8dd4-965d-46be-9964-430151da2b99", "ce_classification": "internal"}', convert_to('{"notice_id":"3b87dc84-bbd9-5993-906b-d13d52b9a97a","recipient":"staff-social-lead-1","kind":"triage_missed","about":"f442100d-862a-5cf5-894c-c7e5ce31fcb3"}', 'UTF8'), '2026-11-26 22:50:24.741507+00', '2026-11-26 22:50:24.822632+00'),
	(38, 5, 'brobygger.notifications', 'b64f9a9f-d465-55fe-b9c8-109f4ccea3eb', '{"ce_id": "26ff97ff-b201-526a-b0df-63cbaa2080c4", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "b64f9a9f-d465-55fe-b9c8-109f4ccea3eb", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "b64f9a9f-d465-55fe-b9c8-109f4ccea3eb", "ce_specversion": "1.0", "ce_partitionkey": "b64f9a9f-d465-55fe-b9c8-109f4ccea3eb", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "9f90e964-8db3-49c0-833c-7a6677d766f7", "ce_classification": "internal"}', convert_to('{"notice_id":"b64f9a9f-d465-55fe-b9c8-109f4ccea3eb","recipient":"staff-social-lead-1","kind":"caretaker_not_told","about":"872c68c6-9cd9-5b08-8ba8-953000a6b0ec"}', 'UTF8'), '2026-11-26 22:50:23.53846+00', '2026-11-26 22:50:23.688896+00'),
	(42, 7, 'brobygger.notifications', 'da3bc898-a579-5e8b-a544-2ee609334c16', '{"ce_id": "e6a9654a-487b-5719-b605-d9c60a555e05", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.notifications.notice_sent.v1", "ce_actor": "clock", "ce_source": "/brobygger/bakkegaarden/notifications", "ce_subject": "da3bc898-a579-5e8b-a544-2ee609334c16", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:notifications:notice_sent:v1", "ce_association": "bakkegaarden", "ce_causationid": "da3bc898-a579-5e8b-a544-2ee609334c16", "ce_specversion": "1.0", "ce_partitionkey": "da3bc898-a579-5e8b-a544-2ee609334c16", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "99dabd16-adf0-4dd2-b989-5b5ead4cfa77", "ce_classification": "internal"}', convert_to('{"notice_id":"da3bc898-a579-5e8b-a544-2ee609334c16","recipient":"staff-social-lead-1","kind":"referral_silent","about":"b4261a65-8269-523b-b18a-b7f9145723fe"}', 'UTF8'), '2026-11-26 22:50:24.937057+00', '2026-11-26 22:50:25.061666+00');


--
-- Data for Name: parked; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: relay_broker; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.relay_broker VALUES
	(true, 'bbh5x475CuOaFeVvWaS0hx4Q', '2026-11-26 22:49:43.93311+00');


--
-- Data for Name: relay_offsets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.relay_offsets VALUES
	('brobygger.notifications', 2, 14),
	('brobygger.notifications', 1, 13),
	('brobygger.notifications', 0, 12);


--
-- Name: access_log_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.access_log_position_seq', 1, false);


--
-- Name: events_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.events_position_seq', 86, true);


--
-- Name: inbox_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.inbox_position_seq', 111, true);


--
-- Name: outbox_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_position_seq', 42, true);


--
-- Name: parked_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.parked_id_seq', 1, false);


--
-- Name: access_log access_log_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.access_log
    ADD CONSTRAINT access_log_pkey PRIMARY KEY ("position");


--
-- Name: asked asked_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.asked
    ADD CONSTRAINT asked_pkey PRIMARY KEY (id);


--
-- Name: events events_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY ("position");


--
-- Name: events events_stream_version; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_stream_version UNIQUE (stream_id, version);


--
-- Name: inbox inbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT inbox_pkey PRIMARY KEY (reader, source, message_id);


--
-- Name: migrations migrations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.migrations
    ADD CONSTRAINT migrations_pkey PRIMARY KEY (script);


--
-- Name: notice_list notice_list_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.notice_list
    ADD CONSTRAINT notice_list_pkey PRIMARY KEY (notice_id);


--
-- Name: outbox outbox_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY ("position");


--
-- Name: parked parked_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_pkey PRIMARY KEY (id);


--
-- Name: parked parked_reader_identity_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.parked
    ADD CONSTRAINT parked_reader_identity_key UNIQUE (reader, identity);


--
-- Name: relay_broker relay_broker_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.relay_broker
    ADD CONSTRAINT relay_broker_pkey PRIMARY KEY (the_only);


--
-- Name: relay_offsets relay_offsets_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.relay_offsets
    ADD CONSTRAINT relay_offsets_pkey PRIMARY KEY (topic, partition);


--
-- Name: access_log_about; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX access_log_about ON public.access_log USING btree (about, "position") WHERE (about IS NOT NULL);


--
-- Name: access_log_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX access_log_at ON public.access_log USING btree (at);


--
-- Name: inbox_in_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_in_order ON public.inbox USING btree ("position");


--
-- Name: notice_list_due; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_list_due ON public.notice_list USING btree (next_try_at) WHERE (state = 'waiting'::text);


--
-- Name: notice_list_newest; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_list_newest ON public.notice_list USING btree (association, requested_at DESC, notice_id DESC);


--
-- Name: notice_list_quiet; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX notice_list_quiet ON public.notice_list USING btree (association, recipient, kind, about, requested_at DESC);


--
-- Name: outbox_sent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_sent ON public.outbox USING btree (sent_at) WHERE (sent_at IS NOT NULL);


--
-- Name: outbox_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX outbox_waiting ON public.outbox USING btree ("position") WHERE (sent_at IS NULL);


--
-- Name: parked_waiting; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX parked_waiting ON public.parked USING btree (reader, key) WHERE (done_at IS NULL);


--
-- Name: events events_are_immutable; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER events_are_immutable BEFORE DELETE OR UPDATE OR TRUNCATE ON public.events FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_to_rewrite_history();


--
-- Name: access_log looks_are_not_rewritten; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER looks_are_not_rewritten BEFORE UPDATE OR TRUNCATE ON public.access_log FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_to_rewrite_history();


--
-- PostgreSQL database dump complete
--
