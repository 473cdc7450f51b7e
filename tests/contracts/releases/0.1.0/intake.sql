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
-- Name: estates; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.estates (
    association text NOT NULL,
    estate_id text NOT NULL,
    name text NOT NULL,
    municipality text NOT NULL
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
-- Name: homes; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.homes (
    home_id uuid NOT NULL,
    association text NOT NULL,
    estate_id text NOT NULL,
    street text NOT NULL,
    number text NOT NULL,
    floor text NOT NULL,
    door text NOT NULL
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
-- Name: observation_tellings; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.observation_tellings (
    observation_id uuid NOT NULL,
    milestone text NOT NULL,
    at timestamp with time zone NOT NULL
);


--
-- Name: observations; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.observations (
    observation_id uuid NOT NULL,
    association text NOT NULL,
    observer text NOT NULL,
    observed_at timestamp with time zone NOT NULL,
    received_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    estate_id text NOT NULL,
    municipality text NOT NULL,
    home_id uuid NOT NULL,
    tenancy_id uuid NOT NULL,
    signals text[] NOT NULL,
    severity text NOT NULL,
    consent_answer text NOT NULL,
    consent_wording text NOT NULL,
    consent_scope text[] NOT NULL,
    address jsonb NOT NULL,
    words jsonb,
    case_id uuid,
    triage_due timestamp with time zone,
    triage_missed boolean DEFAULT false NOT NULL,
    notice_failed_at timestamp with time zone,
    seen_at timestamp with time zone,
    seen_role text,
    assessed_at timestamp with time zone,
    assessed_severity text,
    case_opened_at timestamp with time zone,
    contact_due timestamp with time zone,
    reopened_at timestamp with time zone,
    passed_on_at timestamp with time zone,
    meeting_at timestamp with time zone,
    dismissed_at timestamp with time zone,
    dismissal text,
    ended_at timestamp with time zone,
    outcome text
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
-- Name: tenancies; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tenancies (
    tenancy_id uuid NOT NULL,
    association text NOT NULL,
    home_id uuid NOT NULL,
    estate_id text NOT NULL,
    started_on date NOT NULL,
    ended_on date
);


--
-- Data for Name: access_log; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: asked; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.asked VALUES
	('01a21a0d-0b95-771c-8511-ddf441d005ff', 'bakkegaarden', '\x466373ee2ec74d3f606d18519c9b87f880519e83123eea1d71de82a574139c09', '{"receipt": "41D0-05FF", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:52.572839+00'),
	('01a21a0d-0fd5-7324-9916-c853da18100d', 'bakkegaarden', '\xb2991e4d1a198abe8b8b7c0a7b820394e01301b2c41fed9e21bea412e15cd4e7', '{"receipt": "DA18-100D", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:53.40678+00'),
	('01a21a0d-114e-7714-bb05-ee8cdb07498e', 'bakkegaarden', '\x43f59f5f3fb22c7c27545798e380994c8103d52cb31be3901664b5368f665415', '{"receipt": "DB07-498E", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:53.779391+00'),
	('01a21a0d-12a2-737b-ac0a-8559935b2c18', 'bakkegaarden', '\xbb9a7b7b26a2943cdfc3e1a2091dd0c1fe993e5549956f68032c9c8002f94b8d', '{"receipt": "935B-2C18", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:54.167226+00'),
	('01a21a0d-143d-75b1-8435-32e772b45ec0', 'bakkegaarden', '\x0937744bf5524060a9c529b71760d9add9a9d93e0d5c6d2b24a9c79df52538d5', '{"receipt": "72B4-5EC0", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:54.546891+00'),
	('01a21a0d-15d2-73c4-83ec-011d8de91c27', 'bakkegaarden', '\x05c364db9b2d0a66d11858d2f31a7d61d8949d17f04462626cda38f9aeb3d04b', '{"receipt": "8DE9-1C27", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:55.021011+00'),
	('01a21a0d-1813-70cb-9021-fc0becf75d6f', 'bakkegaarden', '\xb485502b33ef0830847dc6e20696164c0cace4f4a05db3d55de7407492bfcb16', '{"receipt": "ECF7-5D6F", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:55.61355+00'),
	('01a21a0d-1b26-7041-acee-e320d970ab59', 'bakkegaarden', '\xb62f7a60f7e3157e60b1eed8f6944f30c4f770edbd9dd609cfe007ad3c6640d0', '{"receipt": "D970-AB59", "received_at": "2026-03-03T09:00:00+00:00"}', '2026-11-26 22:49:56.384521+00'),
	('01a21a0d-7775-725a-a7d9-8da0df79cbac', 'bakkegaarden', '\xa3a3a45cfce3a5ce4decc0d0ad679c7854d41e399c1fb58226f01fe440e0a7e2', '{"receipt": "DF79-CBAC", "received_at": "2026-03-10T09:00:00+00:00"}', '2026-11-26 22:50:20.267119+00'),
	('01a21a0d-7f40-761a-bc28-fafebe101bf1', 'bakkegaarden', '\x0bef1038022753489b86ffc0bc6db4befd9094e8304f0bd082caad061da7818d', '{"receipt": "BE10-1BF1", "received_at": "2026-03-10T09:00:00+00:00"}', '2026-11-26 22:50:21.966141+00'),
	('01a21a0d-92fe-70f7-9154-9d9fb891fe89', 'bakkegaarden', '\xc64e4172c4021baeef0aab5a77cb15f0de9967d25ee03727934bc545efb60575', '{"receipt": "B891-FE89", "received_at": "2026-03-16T09:00:00+00:00"}', '2026-11-26 22:50:27.029476+00');


--
-- Data for Name: estates; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.estates VALUES
	('bakkegaarden', 'estate-1', 'Opdigtet Vænge', 'bakkelund'),
	('bakkegaarden', 'estate-2', 'Digterløkken', 'bakkelund');


--
-- Data for Name: events; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.events OVERRIDING SYSTEM VALUE VALUES
	(1, 'bakkegaarden', '3608889c-011d-5a2d-8f3a-50302dfe2594', 1, 'estate.registered', '2026-03-03 09:00:00+00', '["staff-operator-1","operator","","2026-03-03T09:00:00+00:00","operation","","","01a21a0c-ec18-76d8-81a5-c7c8678885a6","","00-2d28067b79977d6c9ff33e0c793fd6bd-3409dffdb4941240-00"]', '{"originator_topic":"estate","estate_id":"estate-1","name":"Opdigtet Vænge","municipality":"bakkelund"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x33863ac0096ed6c41ecb3db97154577885f8f66936bb8ef43b23a49e9ec68388'),
	(2, 'bakkegaarden', '3608889c-011d-5a2d-8f3a-50302dfe2594', 2, 'estate.homes_registered', '2026-03-03 09:00:00+00', '["staff-operator-1","operator","","2026-03-03T09:00:00+00:00","operation","","","01a21a0c-ec18-76d8-81a5-c7c8678885a6","","00-2d28067b79977d6c9ff33e0c793fd6bd-3409dffdb4941240-00"]', '{"estate_id":"estate-1","homes":[{"home_id":"1f384af9-299b-418a-8cdd-16d49269645d","street":"Opdigtet Vænge","number":"2","floor":"","door":""},{"home_id":"e888e5c9-c5c2-431b-b053-68a01d6f7719","street":"Opdigtet Vænge","number":"4","floor":"","door":""},{"home_id":"6956383d-6cbc-4977-93c1-5eee28599dad","street":"Opdigtet Vænge","number":"6","floor":"","door":""},{"home_id":"1dcaf328-033d-4ada-9d7d-43a66fc3ee77","street":"Opdigtet Vænge","number":"8","floor":"","door":""},{"home_id":"b2a5eeeb-eb35-4870-aba7-5d4730512c74","street":"Opdigtet Vænge","number":"10","floor":"","door":""},{"home_id":"32f3ed6d-d1c9-4194-ac39-80e8014aa855","street":"Opdigtet Vænge","number":"12","floor":"","door":""},{"home_id":"8d82744a-5712-4ae3-bd59-c1dfc08d014c","street":"Opdigtet Vænge","number":"14","floor":"","door":""},{"home_id":"6fd583e7-6e57-4c0d-955d-80426be6a09b","street":"Opdigtet Vænge","number":"16","floor":"","door":""},{"home_id":"f1494a96-4dfa-40fe-8cf7-7fe379844b1c","street":"Opdigtet Vænge","number":"18","floor":"","door":""}]}', '\x33863ac0096ed6c41ecb3db97154577885f8f66936bb8ef43b23a49e9ec68388', '\x7995444554b13bd21d57ecff06a1cec277c8306c8627ecee8f2646ab8d54d4bc'),
	(3, 'bakkegaarden', 'a892b1aa-3f97-5793-b2d6-0ce6ee032d84', 1, 'estate.registered', '2026-03-03 09:00:00+00', '["staff-operator-1","operator","","2026-03-03T09:00:00+00:00","operation","","","01a21a0c-ece4-7384-a4da-168b41b78e25","","00-9f3debf271b7b351817b4f86d655e18b-a2e13d0a0dffe72b-00"]', '{"originator_topic":"estate","estate_id":"estate-2","name":"Digterløkken","municipality":"bakkelund"}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x3125fa5bd0df91966ce3f207c42672f5cdd255136523f30b5e4266d55e6a622d'),
	(4, 'bakkegaarden', 'a892b1aa-3f97-5793-b2d6-0ce6ee032d84', 2, 'estate.homes_registered', '2026-03-03 09:00:00+00', '["staff-operator-1","operator","","2026-03-03T09:00:00+00:00","operation","","","01a21a0c-ece4-7384-a4da-168b41b78e25","","00-9f3debf271b7b351817b4f86d655e18b-a2e13d0a0dffe72b-00"]', '{"estate_id":"estate-2","homes":[{"home_id":"7d8d9b73-bc13-46ab-8d77-0cd1e0371021","street":"Digterløkken","number":"2","floor":"","door":""},{"home_id":"4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0","street":"Digterløkken","number":"4","floor":"","door":""}]}', '\x3125fa5bd0df91966ce3f207c42672f5cdd255136523f30b5e4266d55e6a622d', '\x1c623a77f9f7d86fc738ca6953948c4f0cdd26207f8894272058571fc961d925'),
	(5, 'bakkegaarden', 'f96b5bf8-7e31-454d-a52a-ca4662402487', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","d0451d34-2c7e-53fa-b0e6-dc319783606c","d0451d34-2c7e-53fa-b0e6-dc319783606c",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"1f384af9299b418a8cdd16d49269645d"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x7d9960f8d2f3c05d9968ed4914cc72e1084e8f8f5c2cb91c31e87cd5c2fd6f9b'),
	(6, 'bakkegaarden', 'b92ee7b5-aba4-422d-a25f-c8f51601ca3e', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","4e643bdc-bf8f-5c2d-b445-5ad374496ad9","4e643bdc-bf8f-5c2d-b445-5ad374496ad9",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"f1494a964dfa40fe8cf77fe379844b1c"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x4b2d7d30113cb202485ef86a328e4c3a9b1a158f5ab37adadde3794883d28a64'),
	(7, 'bakkegaarden', 'a372240c-9bcd-42ee-ad9c-1c323b3f9634', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","2731eda5-6dff-5d74-ab4e-970fbe08e756","2731eda5-6dff-5d74-ab4e-970fbe08e756",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"4a4ddcdbbff24e19a8b882eb29f238b0"},"estate_id":"estate-2","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x6baa322c4f2baf29499b9a2c4674eb9f7cb927f2ceee797cbc3b9a1b0b0ea641'),
	(8, 'bakkegaarden', 'a372240c-9bcd-42ee-ad9c-1c323b3f9634', 2, 'tenancy.ended', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","12314256-0f85-5657-a9c0-6a6864f4075f","12314256-0f85-5657-a9c0-6a6864f4075f",""]', '{"home_id":{"_type_":"uuid_hex","_data_":"4a4ddcdbbff24e19a8b882eb29f238b0"},"estate_id":"estate-2","ended_on":{"_type_":"date_iso","_data_":"2026-03-09"}}', '\x6baa322c4f2baf29499b9a2c4674eb9f7cb927f2ceee797cbc3b9a1b0b0ea641', '\x9e4260df5d1de6a813cd56f2fb8e3c40bd8a9da28a1afe7eefbd26f1cf12468f'),
	(9, 'bakkegaarden', 'd38a28b0-db75-4598-a947-1e7a09f67e55', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","d17767b4-4b4f-52a5-9201-42ce6c00eba1","d17767b4-4b4f-52a5-9201-42ce6c00eba1",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"e888e5c9c5c2431bb05368a01d6f7719"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x02767d5a8ab3677289fa956cdd7577e54035f17dd10515ea8a3208eee3729fc4'),
	(10, 'bakkegaarden', 'b3899ff4-9041-4128-92f2-c846b96f69d1', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","6f3c5b62-2e71-5563-a842-26fc01d439d3","6f3c5b62-2e71-5563-a842-26fc01d439d3",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"6956383d6cbc497793c15eee28599dad"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x9437dfc6480a805529083b2ee4e8a308f2ac055a054ccc65fb05da8e7dc1a1a9'),
	(11, 'bakkegaarden', 'c2ff1e88-743f-415b-af60-a2f90441791b', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","fab82cb7-c9ef-53b6-b905-0dd0a1e43695","fab82cb7-c9ef-53b6-b905-0dd0a1e43695",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"1dcaf328033d4ada9d7d43a66fc3ee77"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x751e4116593bb156f2ae3904dc32683c21cc094c5957ce544662a2aa0633a3b6'),
	(12, 'bakkegaarden', '1ecd51c7-5280-4379-8738-db648a30e894', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","25fc1ecd-09de-5f99-9a0b-22db378c3ad7","25fc1ecd-09de-5f99-9a0b-22db378c3ad7",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"32f3ed6dd1c94194ac3980e8014aa855"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x2a901ac0c1d55c25070edcd659256922cf1db9cd156e315c020d360d1e6531ee'),
	(13, 'bakkegaarden', 'd9fe7ede-97fe-4918-8108-d8c9fdc84ac2', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","17aa9e8d-9cc8-57d1-82cd-17ddca5ccf97","17aa9e8d-9cc8-57d1-82cd-17ddca5ccf97",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"7d8d9b73bc1346ab8d770cd1e0371021"},"estate_id":"estate-2","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x7d135ba635fe6fce374bd3410342c664d6bf9ee4f8990a0f55ea26ab4caa21a3'),
	(14, 'bakkegaarden', '894d46d6-2155-45a2-82d0-6ac6d980ff31', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","069cfaa4-e1df-5ddb-9299-7bf05b5f1824","069cfaa4-e1df-5ddb-9299-7bf05b5f1824",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"4a4ddcdbbff24e19a8b882eb29f238b0"},"estate_id":"estate-2","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-10"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x415dc3ffd3e5d2138816b5e1b001c0cf67e6f948ffe9089a40d878fbd7bb4818'),
	(15, 'bakkegaarden', '686dfb53-6881-4dbf-9d83-95cd98cdfa03', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","cb4c3560-4f59-565e-bcb4-ea245a43c955","cb4c3560-4f59-565e-bcb4-ea245a43c955",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"b2a5eeebeb354870aba75d4730512c74"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xad251115687aa507b2f55e267a071fd8cf5313d6ac23e0afecb9b6270f4e8a6e'),
	(16, 'bakkegaarden', 'd82dbde5-da67-430b-b825-fbd523b27fa4', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","7b044e70-2223-5ca1-a7aa-93198e39bd0d","7b044e70-2223-5ca1-a7aa-93198e39bd0d",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"8d82744a57124ae3bd59c1dfc08d014c"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x1b484f8947004a83a05b9ab822a5a8c06d9f6e2f1ce5221b88f8a6178c7c5e12'),
	(17, 'bakkegaarden', '6276c63a-09c6-4100-ac9f-a94c5c627f07', 1, 'tenancy.started', '2026-03-03 09:00:00+00', '["system:intake","system","system:erp","2026-03-03T09:00:00+00:00","operation","","","501812c7-2ccc-5254-b044-80f67b1d0575","501812c7-2ccc-5254-b044-80f67b1d0575",""]', '{"originator_topic":"tenancy","home_id":{"_type_":"uuid_hex","_data_":"6fd583e76e574c0d955d80426be6a09b"},"estate_id":"estate-1","municipality":"bakkelund","started_on":{"_type_":"date_iso","_data_":"2026-03-03"}}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x85e2b962d8e19e216e03a042cb3133297b80c4ff5156c3ce85a8e623c1577f8c'),
	(18, 'bakkegaarden', '01a21a0d-0b95-771c-8511-ddf441d005ff', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-0c28-777a-a794-42b56947bd11","","00-8eefac559033ef1c539b1d7fd93a05e9-77d82d55a6d09c80-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"1f384af9299b418a8cdd16d49269645d"},"tenancy_id":{"_type_":"uuid_hex","_data_":"f96b5bf87e31454da52aca4662402487"},"signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["f96b5bf87e31454da52aca4662402487","a7d2a205-0787-5c09-9af7-9cea4749a92f/address","mvrpp2I57LervpxxPim8UTUdXR6tdqp6tydK+qPC7kJXUb1xOgaN64R6UZF0"]},"words":null,"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xc3af415baa6e4a7e7ed924642dd010cba47a6f8e96e0efa640394e5484b66392'),
	(19, 'bakkegaarden', '01a21a0d-0b95-771c-8511-ddf441d005ff', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0c28-777a-a794-42b56947bd11","ea6fd225-398e-592f-94af-9e459bfd5671","00-8eefac559033ef1c539b1d7fd93a05e9-77d82d55a6d09c80-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"aeab97e010605d3d9f9db488632664dd"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-03T22:59:59.999999+00:00"}}', '\xc3af415baa6e4a7e7ed924642dd010cba47a6f8e96e0efa640394e5484b66392', '\x84dd494740f5a282fd6e90c1f9cdcc46ef23fd76cf27ac0b1305d81d4da57e9b'),
	(20, 'bakkegaarden', '01a21a0d-0fd5-7324-9916-c853da18100d', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-0fdc-751d-a1c2-8b3448f04e53","","00-12507eae9cd7aa59dbb822430f08a5e6-a86b7e0e9b59eced-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"e888e5c9c5c2431bb05368a01d6f7719"},"tenancy_id":{"_type_":"uuid_hex","_data_":"d38a28b0db754598a9471e7a09f67e55"},"signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"not_asked","consent_wording":"","consent_scope":[],"address":{"_type_":"sealed","_data_":["d38a28b0db754598a9471e7a09f67e55","db412056-df11-56e3-921d-43e4e4989d64/address","rCt/RsTOpYe3EJorTPF3bHR1aARVshxP2ebWbNq4JZ9eIcAf6rJjdxlLGTsO"]},"words":null,"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x1813fd661962b31d28d4d5f763674044fa43c31e594247df816c237f552c5e80'),
	(21, 'bakkegaarden', '01a21a0d-0fd5-7324-9916-c853da18100d', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-0fdc-751d-a1c2-8b3448f04e53","c6cb7b13-7ad2-5176-a464-dfba4a26ce61","00-12507eae9cd7aa59dbb822430f08a5e6-a86b7e0e9b59eced-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"af10f58ab5315fcd87ae98b1b47c0793"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-10T22:59:59.999999+00:00"}}', '\x1813fd661962b31d28d4d5f763674044fa43c31e594247df816c237f552c5e80', '\x7bc366c2d48f30d963b7ef8f79a4390a1b0fd193bfa6b5e74772197834fca53f'),
	(22, 'bakkegaarden', '01a21a0d-114e-7714-bb05-ee8cdb07498e', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-115d-7092-896d-5141a5f658a1","","00-0cba4b5a811b73dbe2cc84061bcfe6d9-28f44a84d5746a9b-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"6956383d6cbc497793c15eee28599dad"},"tenancy_id":{"_type_":"uuid_hex","_data_":"b3899ff49041412892f2c846b96f69d1"},"signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["b3899ff49041412892f2c846b96f69d1","77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/address","A68L4ImcfFzhNu65Br5EukeoX8LX9Mu7OuPFJVFyH11EJ9Kmfsc2dgqE2ukB"]},"words":{"_type_":"sealed","_data_":["b3899ff49041412892f2c846b96f69d1","77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/words","xmbXshjs8MEVormTc64LuWc2dYBAGKbvqI42MeMs/3X7KLoNDT5NSiQaqMzbU1y3ySFrMw=="]},"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xd871f02c3bd846a409e33c5a51a326c6c445280b719f7f9bd6b029260528debe'),
	(23, 'bakkegaarden', '01a21a0d-114e-7714-bb05-ee8cdb07498e', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-115d-7092-896d-5141a5f658a1","18acd40f-189f-5793-961a-3844f16a80fb","00-0cba4b5a811b73dbe2cc84061bcfe6d9-28f44a84d5746a9b-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"35788118a7c05b4d8a393c03eb6d5bf9"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-05T22:59:59.999999+00:00"}}', '\xd871f02c3bd846a409e33c5a51a326c6c445280b719f7f9bd6b029260528debe', '\x6503dc87e2821ceb5b4b117762b796588e8dde4a363fd4a465c6b35d8e6ac762'),
	(27, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-144f-7341-bb4b-62ceabf71e50","9102fa19-83a9-5c6d-ad23-9d0ad1342432","00-d45ba4d7a4d266fde378c3f44e45a68c-af2c3e9ad490fb1a-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"0dd51b4ce0805723bdff48b838edfcaf"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-10T22:59:59.999999+00:00"}}', '\xb5927194560eef3b5df00d857d9eef27779a66d2ab9a75ae4c8c4e2f9757ff88', '\x016b86c25aa4381ba526b3b18fbd0f8109cf20db2356894fa5579fbfc65c2bcb'),
	(24, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-12af-7434-9967-baaefaf33cd6","","00-c008a204548def3c81eaedd5d9e3a77b-49c6a461b217b364-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"1dcaf328033d4ada9d7d43a66fc3ee77"},"tenancy_id":{"_type_":"uuid_hex","_data_":"c2ff1e88743f415baf60a2f90441791b"},"signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office","municipal.visitation","damage_service"],"address":{"_type_":"sealed","_data_":["c2ff1e88743f415baf60a2f90441791b","ac990b92-fbef-59c5-8802-cfcd2a0d7957/address","VV93fMSVF1e2/M+/AIKHTyg665M2TnXlbU/t1WAJXLgXvSo4EkQym8M25uIJ"]},"words":{"_type_":"sealed","_data_":["c2ff1e88743f415baf60a2f90441791b","ac990b92-fbef-59c5-8802-cfcd2a0d7957/words","DjRgggDcPqsIXVRs9s3SD789vUZczxJeUeNepoXgdfeH2579ui4E1C75hDAMBmsDsE9CNg3XLphOS3l4uJr5Wy4="]},"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xbf7a9df16bb5d854364bdaf744028de92d6566191854939ee1ab9aaab273b9d0'),
	(25, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-12af-7434-9967-baaefaf33cd6","90db0cb1-045b-52c2-8883-950d35730171","00-c008a204548def3c81eaedd5d9e3a77b-49c6a461b217b364-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"b4261a658269523bb18ab7f9145723fe"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-03T22:59:59.999999+00:00"}}', '\xbf7a9df16bb5d854364bdaf744028de92d6566191854939ee1ab9aaab273b9d0', '\xae1c2a2a61a89b56b3599c2db4a7870988dbec0098c1d94e644ce39cf3b83237'),
	(32, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-1b46-7541-b310-bd23939962ec","","00-4561cb484970ee5e5271db866a9e6fa4-796602afa25e4d28-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"6fd583e76e574c0d955d80426be6a09b"},"tenancy_id":{"_type_":"uuid_hex","_data_":"6276c63a09c64100ac9fa94c5c627f07"},"signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["6276c63a09c64100ac9fa94c5c627f07","a37a5096-c4c3-5ec8-ae50-57da2d5c5788/address","Z0G0zzPnBZVpOJUa/bj30L8/jHk5ZNo9otEs9vowP9DN287q6M4LA4IgmciV9A=="]},"words":{"_type_":"sealed","_data_":["6276c63a09c64100ac9fa94c5c627f07","a37a5096-c4c3-5ec8-ae50-57da2d5c5788/words","FKUygBU73MrDbdznOKjgGIjqlzLilFacGBp7Xm4Xe2KVeS54Z50iJvfpUJZaSL5FjGpeOP/rJ9JYNY1jKThpQIA="]},"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x35f7a3037d8888c65c35e8980297de13d4bfd000cd2ee2b5770c774cd10efe92'),
	(35, 'bakkegaarden', '01a21a0d-0fd5-7324-9916-c853da18100d', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-24ad-75ef-b4b9-3c19ff71bd58","99cf721c-00a1-5862-819b-c62a5cdfbd4a","00-29027d963622e728295e79550f3882c3-9a69006ba3ac18d4-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x7bc366c2d48f30d963b7ef8f79a4390a1b0fd193bfa6b5e74772197834fca53f', '\xd37ed06cc4ffb9b28e2216fc06e565830bf45d5be631f24f2f858610709f5a83'),
	(36, 'bakkegaarden', '01a21a0d-0fd5-7324-9916-c853da18100d', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-24ad-75ef-b4b9-3c19ff71bd58","99cf721c-00a1-5862-819b-c62a5cdfbd4a","00-29027d963622e728295e79550f3882c3-9a69006ba3ac18d4-00"]', '{"severity":"low","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xd37ed06cc4ffb9b28e2216fc06e565830bf45d5be631f24f2f858610709f5a83', '\x721ef87cfed8ba3364c94484e2ae54a477f04eaf69b5306d24858adb40aa9f8d'),
	(37, 'bakkegaarden', '01a21a0d-114e-7714-bb05-ee8cdb07498e', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2596-739f-85e4-5384f4e8b982","7bf5fd2e-7b53-532e-bdcc-7b144da87205","00-41160ad695523e58101eb73ede6e5cbe-7c20f7e3873f278c-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x6503dc87e2821ceb5b4b117762b796588e8dde4a363fd4a465c6b35d8e6ac762', '\xbde3f3ae9667664dbbf693698fdb38c9f0512d4a2a3f349fa82e04b44910daf0'),
	(42, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 5, 'observation.case_opened', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2986-76f7-b437-5c2f60bcff99","895def1b-3b07-506e-828c-45e6c7e9f60b","00-9c6f3039879f42d707bacd75821ab38a-d3c05b47ad46f398-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-03-04T22:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x0e264b77cd1342e79821fa7deb705bcebb967d8161f8dd5d6cc201ea34bba10b', '\xf5766462ac2aecb2ff0f58ab9c324466541cd46847a12a5726ebf115dc1b6992'),
	(54, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 5, 'observation.case_opened', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-3390-7467-8152-91a43bf45f77","770e2a3d-5a7d-5005-82de-8044b07d5cb0","00-574ac492e60365ac95a8cb5d9763e745-5625fdb4bf3e56d5-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-03-10T22:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xcba7dc7ad3fbb31e521c00c6bb11238f0d2417387c0c9754f29674b935571e2b', '\xbc5edc6406ae42f848f02fa7dfb002a880daeeda656d87c805cc815c731ee248'),
	(56, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 6, 'observation.passed_on', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-44a8-7098-952e-f45c795199c6","03a2188e-66c9-500a-8a3a-b338fa0df3fe","00-591770847971abc45a60bfff24db6d10-12f6fb5e549ba657-00"]', '{"at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xf5766462ac2aecb2ff0f58ab9c324466541cd46847a12a5726ebf115dc1b6992', '\x003c5a863e7f2eb8b48c268a71f8a6b4fceb24692c017e1bd860b233782098cb'),
	(57, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 7, 'observation.companion_wanted', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-4fb9-739a-8a28-96f1d9895a62","4e9013be-3677-5b27-82b1-c71d0535c856","00-da7fdd5c4e59e92534d3422d6d848234-fa4a99a74d1b6170-00"]', '{"visit_id":{"_type_":"uuid_hex","_data_":"01a21a0d4f27746eb1556e93d5fee4ac"},"meeting_at":{"_type_":"datetime_iso","_data_":"2026-03-05T09:00:00+00:00"}}', '\x003c5a863e7f2eb8b48c268a71f8a6b4fceb24692c017e1bd860b233782098cb', '\xd43e66d5760bc3830f4675ff911bda346cfd3ed1f4752d37b0781b9bda83dfd8'),
	(58, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 8, 'observation.companion_wanted', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5151-74b9-864f-6df1e3969332","e6f986c4-22a4-5cd3-b804-f7750606fe1c","00-468425ad14db9e728c7c89e2f16d7fd1-1f4c88b3267a1d40-00"]', '{"visit_id":{"_type_":"uuid_hex","_data_":"01a21a0d50b3766282c5bcfd53652239"},"meeting_at":{"_type_":"datetime_iso","_data_":"2026-03-19T09:00:00+00:00"}}', '\xd43e66d5760bc3830f4675ff911bda346cfd3ed1f4752d37b0781b9bda83dfd8', '\xb5b371d146d97fbb404862fca9db558b393aeff392f84340822d93b6b50f52c4'),
	(63, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 7, 'observation.ended', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5dcf-70b7-96c0-fd3e5f148948","a8f5772d-361b-5b07-bebd-c9397e75fe6b","00-8bbf0565b4068c804222a01cabb2946c-b3fc0541a5bc0b6f-00"]', '{"outcome":"handled_with_association_help","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xc2cf59f476646aed6b36607ec82cd57d18a2348d1d6f4fddd9773e76c3d8b9c9', '\x956e9ce29189b2b5b3d119806b35e70776afda8efa9c8e89a2405e08bd223c29'),
	(26, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-144f-7341-bb4b-62ceabf71e50","","00-d45ba4d7a4d266fde378c3f44e45a68c-af2c3e9ad490fb1a-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"b2a5eeebeb354870aba75d4730512c74"},"tenancy_id":{"_type_":"uuid_hex","_data_":"686dfb5368814dbf9d8395cd98cdfa03"},"signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["686dfb5368814dbf9d8395cd98cdfa03","2426b3c0-2fb6-5c45-84f3-4f9be60a2567/address","iCEOC/gPuBmnegtqdznB89hZSxQApldyDB4SVmcpdniAlNXfBW2Oyn1mMV+tMg=="]},"words":null,"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xb5927194560eef3b5df00d857d9eef27779a66d2ab9a75ae4c8c4e2f9757ff88'),
	(30, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-1842-747d-af7e-7edb57a1ddd2","","00-9270e9aefd1b763366424a48eaa47c5b-b0b1cb6ac2df8cad-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"8d82744a57124ae3bd59c1dfc08d014c"},"tenancy_id":{"_type_":"uuid_hex","_data_":"d82dbde5da67430bb825fbd523b27fa4"},"signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["d82dbde5da67430bb825fbd523b27fa4","7c9af0f5-239b-5abc-a3c0-f94080cc59c9/address","yaLtj8wtpDFKgNNdAJxiFwchL1KfDtDiLbaiyLeoElPe6sqS3Sr5po9gMIFldA=="]},"words":null,"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x77d597c8ea5c12ec39d613d98f990ab058cc477a4216c2312aa4ebcdde9ce080'),
	(76, 'bakkegaarden', '01a21a0d-7f40-761a-bc28-fafebe101bf1', 2, 'observation.taken_in', '2026-03-10 09:00:00+00', '["system:intake","system","system:cases","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7f63-70a1-a926-79276e084dee","0f0025b5-a591-5d62-b4d0-66790e18560c","00-3754a1ca5a95b89d0c0834d59181b54b-46fae35cc9289d75-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"f442100d862a5cf5894cc7e5ce31fcb3"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-12T22:59:59.999999+00:00"}}', '\xdcc665e748086c24137ba13f92860afa7754e915fe766526418cf9f549d0aa2c', '\x2ca9d2aec4762f84829a7909c8667ecb06ef56c92dc2ab37c567558172bb357f'),
	(28, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 1, 'observation.registered', '2026-03-03 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-03T09:00:00+00:00","own_observation","","","01a21a0d-15fb-75e4-9176-6f7dba5de9cd","","00-4d65d2b20bc439d4130af11c8da60af7-f0a14c5ffbe35c27-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"32f3ed6dd1c94194ac3980e8014aa855"},"tenancy_id":{"_type_":"uuid_hex","_data_":"1ecd51c7528043798738db648a30e894"},"signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["1ecd51c7528043798738db648a30e894","d50c3bb4-162a-5aef-af0d-8abd54bac19f/address","SmJGlRJNG3vo3AX9d08eo/3sL/Un7D2HRdfBgXkg0s6lh7RwMNzfNnBRVFSiNA=="]},"words":null,"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x451c4d5dd080d275a477946004e3aef263c540f1daf66e3693cb531f9c8724e4'),
	(29, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-15fb-75e4-9176-6f7dba5de9cd","6ec51051-fd62-5797-a81a-05cfbc6fd5f8","00-4d65d2b20bc439d4130af11c8da60af7-f0a14c5ffbe35c27-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"f5c0b696fa355df1b48036384eaee8f9"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-10T22:59:59.999999+00:00"}}', '\x451c4d5dd080d275a477946004e3aef263c540f1daf66e3693cb531f9c8724e4', '\xeb22076efbbbe1ae2696dc798a37a58bbf5540982f62bc8fddd93b4f1449e07d'),
	(31, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1842-747d-af7e-7edb57a1ddd2","c42882a5-7dc9-5e4f-bb41-3ad47aa56bb0","00-9270e9aefd1b763366424a48eaa47c5b-b0b1cb6ac2df8cad-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"860a3cbd1cc75b2eac344d90127f95b4"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-05T22:59:59.999999+00:00"}}', '\x77d597c8ea5c12ec39d613d98f990ab058cc477a4216c2312aa4ebcdde9ce080', '\x9cdbd82bcbfc7e604ffbebbf9b88a94b42078f5d2efa4390d09290efc6fb8b99'),
	(33, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 2, 'observation.taken_in', '2026-03-03 09:00:00+00', '["system:intake","system","system:cases","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1b46-7541-b310-bd23939962ec","2a026c12-464f-59db-9073-9c526d32979c","00-4561cb484970ee5e5271db866a9e6fa4-796602afa25e4d28-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"fdea9a53a723540798695793914e4fab"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-10T22:59:59.999999+00:00"}}', '\x35f7a3037d8888c65c35e8980297de13d4bfd000cd2ee2b5770c774cd10efe92', '\xff84ad01b3488735e2d4d1d1277e36ebd10b4929738c4b67bd3b2ee484ff3e23'),
	(34, 'bakkegaarden', '01a21a0d-0b95-771c-8511-ddf441d005ff', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-1efe-765d-9d8b-ad8c067af504","35455a0d-ef11-5088-bf63-129631e92ea9","00-ca9c6209b153417bfa962e12bbc71d31-1ff2fd0505185bb4-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x84dd494740f5a282fd6e90c1f9cdcc46ef23fd76cf27ac0b1305d81d4da57e9b', '\xee7cbd1e1b74de4c394620447734b262d62f5f72c991c14a1b9c60838786da37'),
	(38, 'bakkegaarden', '01a21a0d-114e-7714-bb05-ee8cdb07498e', 4, 'observation.dismissed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-265d-7587-af70-ae12ccaecf0d","b8ac03bb-f37b-58f6-8dde-f0f1e12845f5","00-9f530ba9f85cc2bb8a74e83cb6c624d2-458f6baef5d0de85-00"]', '{"reason":"handled_on_the_spot","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xbde3f3ae9667664dbbf693698fdb38c9f0512d4a2a3f349fa82e04b44910daf0', '\xe3c34def27ae999d1f892472c5e893bcd994d22c864afe556ab6d29e27e01f83'),
	(39, 'bakkegaarden', '01a21a0d-114e-7714-bb05-ee8cdb07498e', 5, 'observation.told', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2730-707b-a9fc-759029532090","88f64dc7-c446-58c1-9722-0d76d5961494","00-c03178e51383ff2f59e98c7586c05f69-b53607b187a1112c-00"]', '{"milestone":"dismissed","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xe3c34def27ae999d1f892472c5e893bcd994d22c864afe556ab6d29e27e01f83', '\x1ba7d0293e962a0659f1d93bca783755b17e550fd1437551315f469e4001bb26'),
	(40, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-289b-71a9-87bc-3811b72ea143","3b6f77b1-9ed4-5e71-b9f5-41cbf5fb2af7","00-7879e4e3eb240515809a5c569634eaba-dd71d2f765d281c8-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xae1c2a2a61a89b56b3599c2db4a7870988dbec0098c1d94e644ce39cf3b83237', '\x18001fb255d5d4ce788ebb5092b6a052094b8bb7562e755855ee490226c58bef'),
	(41, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-289b-71a9-87bc-3811b72ea143","3b6f77b1-9ed4-5e71-b9f5-41cbf5fb2af7","00-7879e4e3eb240515809a5c569634eaba-dd71d2f765d281c8-00"]', '{"severity":"high","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x18001fb255d5d4ce788ebb5092b6a052094b8bb7562e755855ee490226c58bef', '\x0e264b77cd1342e79821fa7deb705bcebb967d8161f8dd5d6cc201ea34bba10b'),
	(43, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2b7f-77fe-a362-a21937b71d1f","f844c784-82c0-51f9-856d-708ff0aa70c3","00-674bd972db1d362db74741e94e1beb2d-2537861aac1ffdb6-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x016b86c25aa4381ba526b3b18fbd0f8109cf20db2356894fa5579fbfc65c2bcb', '\x948703f7719205245df87bbb5858bb239beac0ccd46356583a76f3814fe78aca'),
	(44, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2b7f-77fe-a362-a21937b71d1f","f844c784-82c0-51f9-856d-708ff0aa70c3","00-674bd972db1d362db74741e94e1beb2d-2537861aac1ffdb6-00"]', '{"severity":"low","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x948703f7719205245df87bbb5858bb239beac0ccd46356583a76f3814fe78aca', '\xe26d5c4b2590317537176f6c17e1f432639573333ccba16a434943de23dfc937'),
	(45, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 5, 'observation.case_opened', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2cb9-716e-bd31-d0298cea6586","5b55d673-e33b-52bd-8897-141cb1d37910","00-74b681f26e16307d82db3f1127abb71c-8cfda9c1a91fce58-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-04-07T21:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xe26d5c4b2590317537176f6c17e1f432639573333ccba16a434943de23dfc937', '\x8841c63b466bf5fd913bce609cec6127c6050b4920783092640dcbdf6773fb80'),
	(46, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2df2-738f-8324-f5c8bbf53390","626839bb-d8ac-577a-bf12-2d5d53695b15","00-bc88c1c56923873ef22722ab2200ee8b-b8310570e6e85533-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xeb22076efbbbe1ae2696dc798a37a58bbf5540982f62bc8fddd93b4f1449e07d', '\xf629ce9aca7e13f593671b3616fa3d1c4dc3745608fdf49cd98b66080d883094'),
	(47, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2df2-738f-8324-f5c8bbf53390","626839bb-d8ac-577a-bf12-2d5d53695b15","00-bc88c1c56923873ef22722ab2200ee8b-b8310570e6e85533-00"]', '{"severity":"low","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xf629ce9aca7e13f593671b3616fa3d1c4dc3745608fdf49cd98b66080d883094', '\x8e4bf36fc00a54d0a40845a71ff23ba884319649496243d052347f3e7cd70b7e'),
	(48, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 5, 'observation.case_opened', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-2edd-7001-a0c0-d60435648a9e","6fdb1589-986a-58ab-985c-9ae4ea48e386","00-e569874b51b1efd803e3cb76230259e2-a3d17357bf4e7656-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-04-07T21:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x8e4bf36fc00a54d0a40845a71ff23ba884319649496243d052347f3e7cd70b7e', '\xc0d3936209d267b48e4c679d0f6e0a23384441b96310cf0ef0a0e26b856cc874'),
	(49, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-302c-755a-a0d1-cc71c3ce9c38","36a5f1be-df93-5e6a-b4b4-96ad1f97b64a","00-3e466b595993b1eef4ef90932e178527-3c41e54ff42ca7de-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xff84ad01b3488735e2d4d1d1277e36ebd10b4929738c4b67bd3b2ee484ff3e23', '\x8c4273593ca7dda2245b96fb2f8c3829032a456595f667646c7e43becf51c70b'),
	(50, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-302c-755a-a0d1-cc71c3ce9c38","36a5f1be-df93-5e6a-b4b4-96ad1f97b64a","00-3e466b595993b1eef4ef90932e178527-3c41e54ff42ca7de-00"]', '{"severity":"low","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x8c4273593ca7dda2245b96fb2f8c3829032a456595f667646c7e43becf51c70b', '\xccb50fab197945fa58a8bac927b62b084de9ddd90efad8d3a0b59d579c76ef05'),
	(51, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 5, 'observation.case_opened', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-3114-7730-a905-83f37b6803f1","061f9705-95ec-5754-af1d-e6011a9b9da6","00-b28f1ab4fef8d31c0254cc575d289904-fb407c8ec425116c-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-04-07T21:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xccb50fab197945fa58a8bac927b62b084de9ddd90efad8d3a0b59d579c76ef05', '\xb5a9bfa6a96c7eab5baafb423133181d7784a9eb5b21d04b1221232cd696d94e'),
	(52, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 3, 'observation.seen', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-329b-74f8-b780-7bbdbc085625","4c5732c9-061b-5242-8e9e-add8952731c2","00-7edb34d9331edf4080964307bf616ba3-ee0092cf680f3933-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\x9cdbd82bcbfc7e604ffbebbf9b88a94b42078f5d2efa4390d09290efc6fb8b99', '\xbf648890ead569e0e47375169ee0a633eacfee86a4dd1cca71e52132cc42282b'),
	(53, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 4, 'observation.assessed', '2026-03-03 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-03T09:00:00+00:00","operation","","","01a21a0d-329b-74f8-b780-7bbdbc085625","4c5732c9-061b-5242-8e9e-add8952731c2","00-7edb34d9331edf4080964307bf616ba3-ee0092cf680f3933-00"]', '{"severity":"medium","at":{"_type_":"datetime_iso","_data_":"2026-03-03T09:00:00+00:00"}}', '\xbf648890ead569e0e47375169ee0a633eacfee86a4dd1cca71e52132cc42282b', '\xcba7dc7ad3fbb31e521c00c6bb11238f0d2417387c0c9754f29674b935571e2b'),
	(55, 'bakkegaarden', '01a21a0d-0b95-771c-8511-ddf441d005ff', 4, 'observation.triage_missed', '2026-03-04 09:00:00+00', '["system:intake","system","system:clock","2026-03-04T09:00:00+00:00","operation","","","c8dfdb4b-9eaa-4d55-aa54-20c0744b2ed6","64d7bf0b-8d01-57d3-820c-2b9eca3bc962",""]', '{"due":{"_type_":"datetime_iso","_data_":"2026-03-03T22:59:59.999999+00:00"}}', '\xee7cbd1e1b74de4c394620447734b262d62f5f72c991c14a1b9c60838786da37', '\x5f803dc7c5e27362eacd98ef057cefa259d9f595f57aa4568b8c24e637ae1712'),
	(59, 'bakkegaarden', '01a21a0d-12a2-737b-ac0a-8559935b2c18', 9, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-55cb-76d2-b185-b1ec509f7536","ee38432f-d8ea-53b6-a8a7-64f668670399","00-d25dfaa54bae622a8c04b0faa37aaf86-e89aff8ac6c41436-00"]', '{"milestone":"in_good_hands","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xb5b371d146d97fbb404862fca9db558b393aeff392f84340822d93b6b50f52c4', '\xff61b35b4d5a3ac03902cfec9ad05fad11fe3b86a9b176feb760e2978ea58474'),
	(60, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 6, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5798-76f0-9974-3fec3746c939","40e3fa7a-6864-5ce2-b11f-23ec58150c6d","00-d6a8b7b32413533a32abf34cf152bca8-2ccd0c57895bac9f-00"]', '{"milestone":"case_opened","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\x8841c63b466bf5fd913bce609cec6127c6050b4920783092640dcbdf6773fb80', '\xc2cf59f476646aed6b36607ec82cd57d18a2348d1d6f4fddd9773e76c3d8b9c9'),
	(61, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 6, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-59ca-7467-880f-604171abf883","182dcfec-e942-5129-b249-c4f13c7a548d","00-ad147c1f4f3ffc3b13f1983bb2f2dce7-59c814732fd2da42-00"]', '{"milestone":"case_opened","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xc0d3936209d267b48e4c679d0f6e0a23384441b96310cf0ef0a0e26b856cc874', '\x81e20efa2cdf91c750975e1644da6d08f4c7be1d11e1d053eaa411927b5b313a'),
	(62, 'bakkegaarden', '01a21a0d-1b26-7041-acee-e320d970ab59', 6, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5bda-750f-845b-df8c575eecb9","ca25035b-41e2-5567-b5be-643f8a5e50c4","00-8dfa42ab4b2b6f0c8414f351477faafd-918090ce7465fd4b-00"]', '{"milestone":"case_opened","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xb5a9bfa6a96c7eab5baafb423133181d7784a9eb5b21d04b1221232cd696d94e', '\x2d89fad342e093f8ed1f18306397a9cc8b6cf3b5d2b080b3753b67ba6ba382c0'),
	(64, 'bakkegaarden', '01a21a0d-143d-75b1-8435-32e772b45ec0', 8, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-5ef3-7454-ad13-ca0defd62aa2","b51e67f6-5267-59f5-bf81-588391d492c9","00-c28ac0b0d761116e15043d253a00a6c1-32e3d14741d3d98f-00"]', '{"milestone":"closed","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\x956e9ce29189b2b5b3d119806b35e70776afda8efa9c8e89a2405e08bd223c29', '\x23a39a912e5bcf9626327e7cb7eaaaba24cb0527b26f099131af231bf8c348d3'),
	(67, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 9, 'observation.reopened', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-62c4-74df-82d7-276d47f86365","2d4750c2-6956-512a-999a-9dc7258d53cc","00-82063a412529d1f095f1735159d73ae4-48d21dcdb23fcf2b-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-04-07T21:59:59.999999+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\x43a927748c427c59170bb1a763275c2ef34f241a80e2f30d74132396fbb1c53c', '\xde1559825db44eb08b8709430258feb62b2bf140d9ad696e388fa2bff0f2360b'),
	(69, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 1, 'observation.registered', '2026-03-10 09:00:00+00', '["staff-caretaker-2","caretaker","","2026-03-10T09:00:00+00:00","own_observation","","","01a21a0d-789d-73f7-ae7b-3696df3d3aa1","","00-b1397187dab673a0997270d26c8c2355-80c72dd6a9c78901-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-2","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"},"estate_id":"estate-2","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"7d8d9b73bc1346ab8d770cd1e0371021"},"tenancy_id":{"_type_":"uuid_hex","_data_":"d9fe7ede97fe49188108d8c9fdc84ac2"},"signals":["home.hoarding","self.neglect"],"severity":"acute","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["d9fe7ede97fe49188108d8c9fdc84ac2","c9f9baa3-a142-57a7-bc13-388635184a46/address","J26Cw+EDypL1EKOUsBFWXPoFfDMcZgoNhcOzWBFUHDgs3aGTO0ZKtFsOCQ=="]},"words":null,"estate_name":"Digterløkken","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x73cad77d7ba780ed72355899a483d532cb82fd59f44dc87e28b5467351e6e9fc'),
	(65, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 7, 'observation.ended', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-609e-77d7-b81a-de986f9a5871","e17dafd4-8582-5b83-b1c8-ea8d8ffb1caf","00-e04f0a4bacccfdf56f83f718659734bf-046c1ce086f895dd-00"]', '{"outcome":"handled_with_association_help","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\x81e20efa2cdf91c750975e1644da6d08f4c7be1d11e1d053eaa411927b5b313a', '\xf0cd0a43516ac0cc54e277ed5cd4165dd7d82c1a69b31ca1d5bb0ce000cc192b'),
	(66, 'bakkegaarden', '01a21a0d-15d2-73c4-83ec-011d8de91c27', 8, 'observation.told', '2026-03-04 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-04T09:00:00+00:00","operation","","","01a21a0d-61ad-7190-b06f-971077fc3e04","92b98eb7-82f8-5c05-b721-9e3e77ffb7c7","00-bc3fea44e61c96dc6de249d9e9719719-0df46976fa02a075-00"]', '{"milestone":"closed","at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xf0cd0a43516ac0cc54e277ed5cd4165dd7d82c1a69b31ca1d5bb0ce000cc192b', '\x43a927748c427c59170bb1a763275c2ef34f241a80e2f30d74132396fbb1c53c'),
	(68, 'bakkegaarden', '01a21a0d-1813-70cb-9021-fc0becf75d6f', 6, 'observation.passed_on', '2026-03-06 09:00:00+00', '["system:intake","system","staff-social-caretaker-1","2026-03-06T09:00:00+00:00","operation","","","01a21a0d-678b-7116-9c0c-f8165064c2ae","312648ee-481b-52b6-8d95-c27ca6040cbc","00-52c01b680eb081a4cde2130a6ae0a473-e9571b2b41e1a721-00"]', '{"at":{"_type_":"datetime_iso","_data_":"2026-03-04T09:00:00+00:00"}}', '\xbc5edc6406ae42f848f02fa7dfb002a880daeeda656d87c805cc815c731ee248', '\xc9d1828137d5c2329afb12464212d36c27bf74ac352d0f8338f298814592cdf2'),
	(73, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 5, 'observation.case_opened', '2026-03-10 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7e09-77cc-99c7-1e3e6a044852","932bfc94-b829-5758-9bf0-2b4dc30a51bd","00-b0ad1a4742f43568e3c69aebb32bd62d-d1b1797855f3c4ac-00"]', '{"contact_due":{"_type_":"datetime_iso","_data_":"2026-03-10T10:00:00+00:00"},"at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"}}', '\x132a7e7a2caf87bc67fdcb6397654fb4ded58e46cc7df0f108d4dc18aaa764ab', '\x510f5a7de7822400bccc339350710dc85ad90d29f5dd29a61aae9e60677ce33b'),
	(75, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 6, 'observation.told', '2026-03-10 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7f14-732e-a800-32291c84218b","05cfc6e2-2b84-5b37-85a5-96bb5f4b0187","00-149abf73972838866ddae40b03cd6b21-c40af59ded0835d0-00"]', '{"milestone":"in_good_hands","at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"}}', '\x510f5a7de7822400bccc339350710dc85ad90d29f5dd29a61aae9e60677ce33b', '\x086ecc2807d04701063a58b3bac7bcc332fa43ab768595c0673106f40a1a0f4d'),
	(77, 'bakkegaarden', '01a21a0d-7f40-761a-bc28-fafebe101bf1', 3, 'observation.triage_missed', '2026-03-16 09:00:00+00', '["system:intake","system","system:clock","2026-03-16T09:00:00+00:00","operation","","","784f8dd4-965d-46be-9964-430151da2b99","ab34e792-43f5-5a60-baf4-a560a002fe44",""]', '{"due":{"_type_":"datetime_iso","_data_":"2026-03-12T22:59:59.999999+00:00"}}', '\x2ca9d2aec4762f84829a7909c8667ecb06ef56c92dc2ab37c567558172bb357f', '\x665c22c59373beb5393631bd0f091ede6c637bddf7093313f2b6f772eb911902'),
	(78, 'bakkegaarden', '01a21a0d-92fe-70f7-9154-9d9fb891fe89', 1, 'observation.registered', '2026-03-16 09:00:00+00', '["staff-caretaker-1","caretaker","","2026-03-16T09:00:00+00:00","own_observation","","","01a21a0d-9326-7081-864e-45f17b1eab7a","","00-f8eaea6311cb6325a32fa00114043348-f52ac3a3c0101280-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-1","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-16T09:00:00+00:00"},"estate_id":"estate-1","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"f1494a964dfa40fe8cf77fe379844b1c"},"tenancy_id":{"_type_":"uuid_hex","_data_":"b92ee7b5aba4422da25fc8f51601ca3e"},"signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office","municipal.visitation","damage_service"],"address":{"_type_":"sealed","_data_":["b92ee7b5aba4422da25fc8f51601ca3e","3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/address","1spBmodUUCldLKXpft6MaMiTpwZJzJ1YXoPoS5sVNj14Dq79b8ySBULTp1n+Dg=="]},"words":{"_type_":"sealed","_data_":["b92ee7b5aba4422da25fc8f51601ca3e","3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/words","mCfsj+NGb37pFZ6BKRLvlXB1SHihibWxuEnDq+a2CdqTe5UmnGif6wxRwXSFVCU="]},"estate_name":"Opdigtet Vænge","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\x26c6d7afc192c5dd3405c3753ab885846ec7b759042539b9f06db326433ef98e'),
	(70, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 2, 'observation.taken_in', '2026-03-10 09:00:00+00', '["system:intake","system","system:cases","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-789d-73f7-ae7b-3696df3d3aa1","fe1171c8-7706-52f4-981f-92724f5488e3","00-b1397187dab673a0997270d26c8c2355-80c72dd6a9c78901-00"]', '{"case_id":{"_type_":"uuid_hex","_data_":"872c68c69cd95b088ba8953000a6b0ec"},"triage_due":{"_type_":"datetime_iso","_data_":"2026-03-10T09:15:00+00:00"}}', '\x73cad77d7ba780ed72355899a483d532cb82fd59f44dc87e28b5467351e6e9fc', '\xf8d7293c4a227ee685ae3118e76d5414c261b8657955c8cd10803402a9f54860'),
	(71, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 3, 'observation.seen', '2026-03-10 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7d6e-7159-bfb4-9ea49fad931d","7c598513-40d9-5cfe-bf0c-975076eb7026","00-f4238e8993fe53640186476b266c62f7-668defa261591c26-00"]', '{"by":"staff-social-lead-1","role":"social_lead","at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"}}', '\xf8d7293c4a227ee685ae3118e76d5414c261b8657955c8cd10803402a9f54860', '\x5bcae4e77f52ac537dd2580755e9361ad4100691eb41ffac29f60c1bd371e835'),
	(72, 'bakkegaarden', '01a21a0d-7775-725a-a7d9-8da0df79cbac', 4, 'observation.assessed', '2026-03-10 09:00:00+00', '["system:intake","system","staff-social-lead-1","2026-03-10T09:00:00+00:00","operation","","","01a21a0d-7d6e-7159-bfb4-9ea49fad931d","7c598513-40d9-5cfe-bf0c-975076eb7026","00-f4238e8993fe53640186476b266c62f7-668defa261591c26-00"]', '{"severity":"acute","at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"}}', '\x5bcae4e77f52ac537dd2580755e9361ad4100691eb41ffac29f60c1bd371e835', '\x132a7e7a2caf87bc67fdcb6397654fb4ded58e46cc7df0f108d4dc18aaa764ab'),
	(74, 'bakkegaarden', '01a21a0d-7f40-761a-bc28-fafebe101bf1', 1, 'observation.registered', '2026-03-10 09:00:00+00', '["staff-caretaker-2","caretaker","","2026-03-10T09:00:00+00:00","own_observation","","","01a21a0d-7f63-70a1-a926-79276e084dee","","00-3754a1ca5a95b89d0c0834d59181b54b-46fae35cc9289d75-00"]', '{"originator_topic":"observation","observer":"staff-caretaker-2","observed_at":{"_type_":"datetime_iso","_data_":"2026-03-10T09:00:00+00:00"},"estate_id":"estate-2","municipality":"bakkelund","home_id":{"_type_":"uuid_hex","_data_":"4a4ddcdbbff24e19a8b882eb29f238b0"},"tenancy_id":{"_type_":"uuid_hex","_data_":"894d46d6215545a282d06ac6d980ff31"},"signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"_type_":"sealed","_data_":["894d46d6215545a282d06ac6d980ff31","d58f4af8-eabf-52c0-a3d2-fb676826daa2/address","9WipAPX3bDhDosKzpJX2g2J9xU8PwDuCmqBhRExRTkC2SPAWlDEQYUY4uQ=="]},"words":null,"estate_name":"Digterløkken","class_version":2}', '\x0000000000000000000000000000000000000000000000000000000000000000', '\xdcc665e748086c24137ba13f92860afa7754e915fe766526418cf9f549d0aa2c');


--
-- Data for Name: homes; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.homes VALUES
	('1f384af9-299b-418a-8cdd-16d49269645d', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '2', '', ''),
	('e888e5c9-c5c2-431b-b053-68a01d6f7719', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '4', '', ''),
	('6956383d-6cbc-4977-93c1-5eee28599dad', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '6', '', ''),
	('1dcaf328-033d-4ada-9d7d-43a66fc3ee77', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '8', '', ''),
	('b2a5eeeb-eb35-4870-aba7-5d4730512c74', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '10', '', ''),
	('32f3ed6d-d1c9-4194-ac39-80e8014aa855', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '12', '', ''),
	('8d82744a-5712-4ae3-bd59-c1dfc08d014c', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '14', '', ''),
	('6fd583e7-6e57-4c0d-955d-80426be6a09b', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '16', '', ''),
	('f1494a96-4dfa-40fe-8cf7-7fe379844b1c', 'bakkegaarden', 'estate-1', 'Opdigtet Vænge', '18', '', ''),
	('7d8d9b73-bc13-46ab-8d77-0cd1e0371021', 'bakkegaarden', 'estate-2', 'Digterløkken', '2', '', ''),
	('4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0', 'bakkegaarden', 'estate-2', 'Digterløkken', '4', '', '');


--
-- Data for Name: inbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.inbox OVERRIDING SYSTEM VALUE VALUES
	(1, 'intake', '/brobygger/bakkegaarden/cases', 'b1e87965-5b25-5450-9c83-c657a72c24a4', 'dk.brobygger.cases.procedure_adopted.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(2, 'intake', '/brobygger/bakkegaarden/erp', 'd0451d34-2c7e-53fa-b0e6-dc319783606c', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(3, 'intake', '/brobygger/bakkegaarden/erp', '4e643bdc-bf8f-5c2d-b445-5ad374496ad9', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(4, 'intake', '/brobygger/bakkegaarden/erp', '2731eda5-6dff-5d74-ab4e-970fbe08e756', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(5, 'intake', '/brobygger/bakkegaarden/erp', '12314256-0f85-5657-a9c0-6a6864f4075f', 'dk.brobygger.erp.tenancy_ended.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(6, 'intake', '/brobygger/bakkegaarden/erp', 'd17767b4-4b4f-52a5-9201-42ce6c00eba1', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(7, 'intake', '/brobygger/bakkegaarden/erp', '6f3c5b62-2e71-5563-a842-26fc01d439d3', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(8, 'intake', '/brobygger/bakkegaarden/erp', 'fab82cb7-c9ef-53b6-b905-0dd0a1e43695', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(9, 'intake', '/brobygger/bakkegaarden/erp', '25fc1ecd-09de-5f99-9a0b-22db378c3ad7', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(10, 'intake', '/brobygger/bakkegaarden/erp', '17aa9e8d-9cc8-57d1-82cd-17ddca5ccf97', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(11, 'intake', '/brobygger/bakkegaarden/erp', '069cfaa4-e1df-5ddb-9299-7bf05b5f1824', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(12, 'intake', '/brobygger/bakkegaarden/erp', 'cb4c3560-4f59-565e-bcb4-ea245a43c955', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(13, 'intake', '/brobygger/bakkegaarden/erp', '7b044e70-2223-5ca1-a7aa-93198e39bd0d', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(14, 'intake', '/brobygger/bakkegaarden/erp', '501812c7-2ccc-5254-b044-80f67b1d0575', 'dk.brobygger.erp.tenancy_started.v1', '2026-11-26 22:49:52.05913+00', NULL, NULL, NULL),
	(15, 'intake', '/brobygger/bakkegaarden/cases', 'ea6fd225-398e-592f-94af-9e459bfd5671', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.226527+00', NULL, NULL, NULL),
	(16, 'intake', '/brobygger/bakkegaarden/cases', 'c5968d57-28c6-5962-8ef2-417ffacbaaec', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:53.226527+00', NULL, NULL, NULL),
	(17, 'intake', '/brobygger/bakkegaarden/notifications', '6d520eb5-57d4-5410-b507-0aa8396a0c29', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:53.562721+00', NULL, NULL, NULL),
	(18, 'intake', '/brobygger/bakkegaarden/cases', 'c6cb7b13-7ad2-5176-a464-dfba4a26ce61', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.719768+00', NULL, NULL, NULL),
	(19, 'intake', '/brobygger/bakkegaarden/cases', '18acd40f-189f-5793-961a-3844f16a80fb', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:53.959484+00', NULL, NULL, NULL),
	(20, 'intake', '/brobygger/bakkegaarden/cases', 'f49cabb8-26a1-5d09-a349-a14cbef8756f', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:53.959484+00', NULL, NULL, NULL),
	(21, 'intake', '/brobygger/bakkegaarden/notifications', 'a4305ed0-4646-585e-a390-e30d5ec945ae', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:54.26836+00', NULL, NULL, NULL),
	(22, 'intake', '/brobygger/bakkegaarden/notifications', '28b01bcb-d3ac-5c00-9a4a-fedde38b1bb2', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:54.430248+00', NULL, NULL, NULL),
	(23, 'intake', '/brobygger/bakkegaarden/cases', '90db0cb1-045b-52c2-8883-950d35730171', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:54.469508+00', NULL, NULL, NULL),
	(24, 'intake', '/brobygger/bakkegaarden/cases', '28a48732-0df8-5db1-aafb-fdd0a57437cc', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.469508+00', NULL, NULL, NULL),
	(25, 'intake', '/brobygger/bakkegaarden/cases', '5b1d25d1-26ab-5e17-b032-f944e561cb9b', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.555656+00', NULL, NULL, NULL),
	(26, 'intake', '/brobygger/bakkegaarden/cases', 'e4dfac4a-2e30-5f5b-b4f4-6e450929b7cd', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:54.691975+00', NULL, NULL, NULL),
	(27, 'intake', '/brobygger/bakkegaarden/cases', '9102fa19-83a9-5c6d-ad23-9d0ad1342432', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:54.910491+00', NULL, NULL, NULL),
	(28, 'intake', '/brobygger/bakkegaarden/cases', '3f0a7c3d-8676-5c32-98a4-c7ea770c2444', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:55.043045+00', NULL, NULL, NULL),
	(29, 'intake', '/brobygger/bakkegaarden/notifications', 'a9d0a85e-19e8-54d1-8923-e8e7baf9d515', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:55.118486+00', NULL, NULL, NULL),
	(30, 'intake', '/brobygger/bakkegaarden/cases', '6ec51051-fd62-5797-a81a-05cfbc6fd5f8', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:55.472242+00', NULL, NULL, NULL),
	(31, 'intake', '/brobygger/bakkegaarden/cases', '9e5a7f6e-8f68-5cac-8189-d7cb54d10da5', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:55.618243+00', NULL, NULL, NULL),
	(32, 'intake', '/brobygger/bakkegaarden/notifications', 'e3a21eca-7fa8-5f9b-85c0-8c774813dff5', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:55.74502+00', NULL, NULL, NULL),
	(33, 'intake', '/brobygger/bakkegaarden/notifications', '628a7944-fba5-5b16-9c49-658e96af2f8c', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:56.089545+00', NULL, NULL, NULL),
	(34, 'intake', '/brobygger/bakkegaarden/cases', 'c42882a5-7dc9-5e4f-bb41-3ad47aa56bb0', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:56.181793+00', NULL, NULL, NULL),
	(35, 'intake', '/brobygger/bakkegaarden/cases', 'fe8b603d-787c-5529-9343-19028da072c0', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:56.301194+00', NULL, NULL, NULL),
	(36, 'intake', '/brobygger/bakkegaarden/notifications', '7b3dc100-1d75-5a0e-94c7-e2c7d8eea4e5', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:56.680015+00', NULL, NULL, NULL),
	(37, 'intake', '/brobygger/bakkegaarden/cases', '2a026c12-464f-59db-9073-9c526d32979c', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:49:57.275518+00', NULL, NULL, NULL),
	(38, 'intake', '/brobygger/bakkegaarden/cases', '17ccece4-ec2f-5cd0-b8f9-0daeed731229', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:49:57.362973+00', NULL, NULL, NULL),
	(39, 'intake', '/brobygger/bakkegaarden/cases', '35455a0d-ef11-5088-bf63-129631e92ea9', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:49:58.461299+00', NULL, NULL, NULL),
	(40, 'intake', '/brobygger/bakkegaarden/cases', '99cf721c-00a1-5862-819b-c62a5cdfbd4a', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:49:58.831811+00', NULL, NULL, NULL),
	(41, 'intake', '/brobygger/bakkegaarden/notifications', 'fb658452-8cf4-52d2-a7cf-3c48f51a526d', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:58.831811+00', NULL, NULL, NULL),
	(42, 'intake', '/brobygger/bakkegaarden/cases', '7bf5fd2e-7b53-532e-bdcc-7b144da87205', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:49:59.033053+00', NULL, NULL, NULL),
	(43, 'intake', '/brobygger/bakkegaarden/cases', 'b8ac03bb-f37b-58f6-8dde-f0f1e12845f5', 'dk.brobygger.cases.concern_dismissed.v1', '2026-11-26 22:49:59.250838+00', NULL, NULL, NULL),
	(44, 'intake', '/brobygger/bakkegaarden/cases', '88f64dc7-c446-58c1-9722-0d76d5961494', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:49:59.440173+00', NULL, NULL, NULL),
	(45, 'intake', '/brobygger/bakkegaarden/notifications', 'db1829cc-60c8-514b-98bb-599ba6e9a930', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:49:59.782495+00', NULL, NULL, NULL),
	(46, 'intake', '/brobygger/bakkegaarden/cases', '3b6f77b1-9ed4-5e71-b9f5-41cbf5fb2af7', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:49:59.856825+00', NULL, NULL, NULL),
	(47, 'intake', '/brobygger/bakkegaarden/cases', '895def1b-3b07-506e-828c-45e6c7e9f60b', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:00.099765+00', NULL, NULL, NULL),
	(48, 'intake', '/brobygger/bakkegaarden/cases', 'a054c6f0-3bea-5c1f-836f-d882ccabd8b3', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.206852+00', NULL, NULL, NULL),
	(49, 'intake', '/brobygger/bakkegaarden/cases', '54a60df7-b646-59a9-97b7-6caa263c5b75', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.321537+00', NULL, NULL, NULL),
	(50, 'intake', '/brobygger/bakkegaarden/cases', '9242b709-2092-59d7-b6b0-64a90e051891', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.321537+00', NULL, NULL, NULL),
	(65, 'intake', '/brobygger/bakkegaarden/cases', '770e2a3d-5a7d-5005-82de-8044b07d5cb0', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:02.783702+00', NULL, NULL, NULL),
	(71, 'intake', '/brobygger/bakkegaarden/cases', 'dbccb489-9e46-511d-b4ca-ccdae78fcd8c', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:04.567174+00', NULL, NULL, NULL),
	(73, 'intake', '/brobygger/bakkegaarden/cases', 'eff216be-f26f-5113-b088-b2ce18b7e647', 'dk.brobygger.cases.case_assigned.v1', '2026-11-26 22:50:05.495675+00', NULL, NULL, NULL),
	(74, 'intake', '/brobygger/bakkegaarden/cases', '10c6358d-fd25-5b60-8954-495796932420', 'dk.brobygger.cases.case_assigned.v1', '2026-11-26 22:50:05.749025+00', NULL, NULL, NULL),
	(75, 'intake', '/brobygger/bakkegaarden/cases', '6de3bd3a-84a6-526b-8a86-d2fbd02e74e5', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.077679+00', NULL, NULL, NULL),
	(76, 'intake', '/brobygger/bakkegaarden/cases', 'cbbd8820-b248-5b5d-bef2-92b6b0c54a86', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.16405+00', NULL, NULL, NULL),
	(77, 'intake', '/brobygger/bakkegaarden/notifications', '3cee7c05-9c8e-5083-a862-8f138a7c1fa1', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:06.16405+00', NULL, NULL, NULL),
	(78, 'intake', '/brobygger/bakkegaarden/cases', '21f5c9cc-26a8-54ad-bf0e-a80d7f7f74ce', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.193126+00', NULL, NULL, NULL),
	(79, 'intake', '/brobygger/bakkegaarden/cases', '4cce76a4-fc90-5c55-bd36-543e035257df', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.21521+00', NULL, NULL, NULL),
	(80, 'intake', '/brobygger/bakkegaarden/cases', '7f3a9fa4-8d03-5602-854e-a9632f4e02be', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.301021+00', NULL, NULL, NULL),
	(81, 'intake', '/brobygger/bakkegaarden/cases', '7e82e578-6994-58d6-97e2-9d9cef6c2b38', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.538276+00', NULL, NULL, NULL),
	(82, 'intake', '/brobygger/bakkegaarden/cases', '0b67ba6c-3ed7-538f-8e8f-55cf6fb9c9ce', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:06.765208+00', NULL, NULL, NULL),
	(83, 'intake', '/brobygger/bakkegaarden/cases', '03a2188e-66c9-500a-8a3a-b338fa0df3fe', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:07.013793+00', NULL, NULL, NULL),
	(84, 'intake', '/brobygger/bakkegaarden/cases', '6527e3e0-1007-5940-aebf-bf46dbce81d8', 'dk.brobygger.cases.referral_acknowledged.v1', '2026-11-26 22:50:07.629416+00', NULL, NULL, NULL),
	(85, 'intake', '/brobygger/bakkegaarden/cases', '15f4c2e9-ee14-5e68-8a82-3b5ed06fa13d', 'dk.brobygger.cases.referral_answered.v1', '2026-11-26 22:50:08.038132+00', NULL, NULL, NULL),
	(86, 'intake', '/brobygger/bakkegaarden/cases', '87a06482-0e44-5600-8a8f-5c3e5c576931', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:08.188345+00', NULL, NULL, NULL),
	(87, 'intake', '/brobygger/bakkegaarden/cases', 'bf05ab2d-7898-59e8-9c66-8dd9ccaa7744', 'dk.brobygger.cases.referral_acknowledged.v1', '2026-11-26 22:50:08.500512+00', NULL, NULL, NULL),
	(88, 'intake', '/brobygger/bakkegaarden/cases', '96ccd220-bb55-56f4-8f92-31972749d081', 'dk.brobygger.cases.referral_answered.v1', '2026-11-26 22:50:08.662559+00', NULL, NULL, NULL),
	(93, 'intake', '/brobygger/bakkegaarden/cases', '4e9013be-3677-5b27-82b1-c71d0535c856', 'dk.brobygger.cases.accompaniment_planned.v1', '2026-11-26 22:50:09.8448+00', NULL, NULL, NULL),
	(94, 'intake', '/brobygger/bakkegaarden/cases', 'e6f986c4-22a4-5cd3-b804-f7750606fe1c', 'dk.brobygger.cases.accompaniment_planned.v1', '2026-11-26 22:50:10.272057+00', NULL, NULL, NULL),
	(103, 'intake', '/brobygger/bakkegaarden/cases', '82168019-4364-5302-ac3a-5c46082f20cf', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:12.197069+00', NULL, NULL, NULL),
	(106, 'intake', '/brobygger/bakkegaarden/cases', '0c9b9a4d-78d1-5abf-a58b-f08d952ab36b', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:12.764923+00', NULL, NULL, NULL),
	(109, 'intake', '/brobygger/bakkegaarden/notifications', '858d1465-b89d-5100-9e5e-a2820c19a116', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:13.345047+00', NULL, NULL, NULL),
	(110, 'intake', '/brobygger/bakkegaarden/cases', 'a8f5772d-361b-5b07-bebd-c9397e75fe6b', 'dk.brobygger.cases.case_closed.v1', '2026-11-26 22:50:13.487466+00', NULL, NULL, NULL),
	(112, 'intake', '/brobygger/bakkegaarden/cases', 'e17dafd4-8582-5b83-b1c8-ea8d8ffb1caf', 'dk.brobygger.cases.case_closed.v1', '2026-11-26 22:50:14.228169+00', NULL, NULL, NULL),
	(113, 'intake', '/brobygger/bakkegaarden/cases', '92b98eb7-82f8-5c05-b721-9e3e77ffb7c7', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:14.511007+00', NULL, NULL, NULL),
	(117, 'intake', '/brobygger/bakkegaarden/cases', '6148a451-b340-5dac-8926-884d4f0a40be', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:15.73707+00', NULL, NULL, NULL),
	(118, 'intake', '/brobygger/bakkegaarden/cases', '312648ee-481b-52b6-8d95-c27ca6040cbc', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:15.938636+00', NULL, NULL, NULL),
	(123, 'intake', '/brobygger/bakkegaarden/notifications', '7da59a32-2125-571f-a90d-8b72760e732e', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:17.079083+00', NULL, NULL, NULL),
	(125, 'intake', '/brobygger/bakkegaarden/cases', '580fafdd-b556-5188-ac98-010e2c9a6c46', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.398239+00', NULL, NULL, NULL),
	(126, 'intake', '/brobygger/bakkegaarden/cases', '1d2b1e6d-e6a4-51eb-ba90-df19b01ee24c', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.50122+00', NULL, NULL, NULL),
	(127, 'intake', '/brobygger/bakkegaarden/cases', 'e2184ea5-1045-5a2e-90f2-5f36c6bed19d', 'dk.brobygger.cases.follow_up_missed.v1', '2026-11-26 22:50:17.571736+00', NULL, NULL, NULL),
	(128, 'intake', '/brobygger/bakkegaarden/cases', '9cded238-78d4-5d74-9ca8-de9c04c42b34', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:17.694616+00', NULL, NULL, NULL),
	(132, 'intake', '/brobygger/bakkegaarden/cases', '1c7bf776-1aa1-5f7e-b747-cecba91e4f6b', 'dk.brobygger.cases.procedure_adopted.v1', '2026-11-26 22:50:18.847538+00', NULL, NULL, NULL),
	(139, 'intake', '/brobygger/bakkegaarden/notifications', '73e2243f-af3b-5c75-a06d-d7f4d7057dfa', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:20.233094+00', NULL, NULL, NULL),
	(143, 'intake', '/brobygger/bakkegaarden/notifications', 'acc39702-65eb-50d1-b3fa-2c9a6811a360', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:21.73535+00', NULL, NULL, NULL),
	(144, 'intake', '/brobygger/bakkegaarden/cases', '932bfc94-b829-5758-9bf0-2b4dc30a51bd', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:21.73535+00', NULL, NULL, NULL),
	(145, 'intake', '/brobygger/bakkegaarden/cases', '14baa821-4b06-5803-a426-f3ce326f30b3', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.793775+00', NULL, NULL, NULL),
	(146, 'intake', '/brobygger/bakkegaarden/cases', '8f17c5b6-ee6a-5ebf-b9f6-77d5fb53aff0', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.823972+00', NULL, NULL, NULL),
	(147, 'intake', '/brobygger/bakkegaarden/cases', 'bb57e85a-0ccf-5044-b41a-29695f45a35b', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:21.823972+00', NULL, NULL, NULL),
	(148, 'intake', '/brobygger/bakkegaarden/cases', '05cfc6e2-2b84-5b37-85a5-96bb5f4b0187', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:21.950686+00', NULL, NULL, NULL),
	(151, 'intake', '/brobygger/bakkegaarden/notifications', 'f2667c73-0718-58f9-8f9f-3b5429e5dd14', 'dk.brobygger.notifications.notice_failed.v1', '2026-11-26 22:50:22.630373+00', NULL, NULL, NULL),
	(152, 'intake', '/brobygger/bakkegaarden/cases', '698adb2a-dee9-5ee2-b2c3-59ba337a3b2f', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:22.767411+00', NULL, NULL, NULL),
	(155, 'intake', '/brobygger/bakkegaarden/cases', 'dec6540d-e4fd-51e4-9842-6375e84cc633', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:22.975642+00', NULL, NULL, NULL),
	(156, 'intake', '/brobygger/bakkegaarden/cases', '3488003b-1936-56ce-9e12-db5e4d8e4704', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:22.975642+00', NULL, NULL, NULL),
	(157, 'intake', '/brobygger/bakkegaarden/cases', 'ab34e792-43f5-5a60-baf4-a560a002fe44', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:23.122009+00', NULL, NULL, NULL),
	(51, 'intake', '/brobygger/bakkegaarden/notifications', '3e0bcfe1-5805-5dfb-91ce-9bc11d03026d', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:00.668493+00', NULL, NULL, NULL),
	(52, 'intake', '/brobygger/bakkegaarden/cases', 'f844c784-82c0-51f9-856d-708ff0aa70c3', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:00.668493+00', NULL, NULL, NULL),
	(53, 'intake', '/brobygger/bakkegaarden/cases', '5b55d673-e33b-52bd-8897-141cb1d37910', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:00.870475+00', NULL, NULL, NULL),
	(54, 'intake', '/brobygger/bakkegaarden/cases', 'db0470f1-b0b4-5a87-894a-29cd414af050', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:00.962602+00', NULL, NULL, NULL),
	(55, 'intake', '/brobygger/bakkegaarden/cases', '626839bb-d8ac-577a-bf12-2d5d53695b15', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:01.160214+00', NULL, NULL, NULL),
	(56, 'intake', '/brobygger/bakkegaarden/notifications', '38c21c8e-11ca-5ffb-9731-e3f8cbd6adff', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:01.458764+00', NULL, NULL, NULL),
	(57, 'intake', '/brobygger/bakkegaarden/cases', '6fdb1589-986a-58ab-985c-9ae4ea48e386', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:01.458764+00', NULL, NULL, NULL),
	(58, 'intake', '/brobygger/bakkegaarden/cases', '1e7e07ee-f1e0-5d2c-97db-bb421058aaa7', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:01.549243+00', NULL, NULL, NULL),
	(59, 'intake', '/brobygger/bakkegaarden/cases', '36a5f1be-df93-5e6a-b4b4-96ad1f97b64a', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:01.793065+00', NULL, NULL, NULL),
	(60, 'intake', '/brobygger/bakkegaarden/notifications', '6231c482-e827-51e1-a515-b1af6fc82ba3', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:01.886818+00', NULL, NULL, NULL),
	(61, 'intake', '/brobygger/bakkegaarden/cases', '061f9705-95ec-5754-af1d-e6011a9b9da6', 'dk.brobygger.cases.case_opened.v1', '2026-11-26 22:50:01.96016+00', NULL, NULL, NULL),
	(62, 'intake', '/brobygger/bakkegaarden/cases', 'a285e81d-bf6d-57ff-a6fc-51225783f936', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.113268+00', NULL, NULL, NULL),
	(63, 'intake', '/brobygger/bakkegaarden/cases', '4c5732c9-061b-5242-8e9e-add8952731c2', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:02.405243+00', NULL, NULL, NULL),
	(64, 'intake', '/brobygger/bakkegaarden/notifications', 'd1724516-4d2c-56fa-871f-312c09e9e5b5', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:02.692448+00', NULL, NULL, NULL),
	(66, 'intake', '/brobygger/bakkegaarden/cases', 'c5a3c20d-4e53-5843-b57f-4982bb274df4', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.874825+00', NULL, NULL, NULL),
	(67, 'intake', '/brobygger/bakkegaarden/cases', '5367c1ae-caa3-577b-863c-9d7bf1b09d70', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:02.932289+00', NULL, NULL, NULL),
	(68, 'intake', '/brobygger/bakkegaarden/cases', '64d7bf0b-8d01-57d3-820c-2b9eca3bc962', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:02.981339+00', NULL, NULL, NULL),
	(69, 'intake', '/brobygger/bakkegaarden/notifications', 'c3e1f053-7acf-5e8a-ad92-f196a2e85cf7', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:04.256444+00', NULL, NULL, NULL),
	(70, 'intake', '/brobygger/bakkegaarden/cases', 'a0e0b42c-3ffa-5eb9-bb2d-e8d746730f1f', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:04.353064+00', NULL, NULL, NULL),
	(72, 'intake', '/brobygger/bakkegaarden/cases', 'a8ce0fc0-1a82-5e3c-a696-1d585d23d541', 'dk.brobygger.cases.severity_changed.v1', '2026-11-26 22:50:05.311265+00', NULL, NULL, NULL),
	(89, 'intake', '/brobygger/bakkegaarden/cases', '8f91d2cb-8d42-5695-ab8c-169c85abe61a', 'dk.brobygger.cases.referral_sent.v1', '2026-11-26 22:50:08.886977+00', NULL, NULL, NULL),
	(90, 'intake', '/brobygger/bakkegaarden/cases', '789878e5-331d-522e-b183-9f958df7281f', 'dk.brobygger.cases.damage_service_ordered.v1', '2026-11-26 22:50:09.266543+00', NULL, NULL, NULL),
	(91, 'intake', '/brobygger/bakkegaarden/cases', '6eb7dbd1-6e4d-5fee-8597-beafacb04233', 'dk.brobygger.cases.damage_service_completed.v1', '2026-11-26 22:50:09.430025+00', NULL, NULL, NULL),
	(92, 'intake', '/brobygger/bakkegaarden/cases', '78e34d1e-b860-5282-95b2-d779699026ad', 'dk.brobygger.cases.damage_service_ordered.v1', '2026-11-26 22:50:09.660183+00', NULL, NULL, NULL),
	(95, 'intake', '/brobygger/bakkegaarden/notifications', '8fab153a-a4d4-5f43-aa3b-28c149056090', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:10.374752+00', NULL, NULL, NULL),
	(96, 'intake', '/brobygger/bakkegaarden/cases', 'e3cef76b-a12c-5145-9f8a-b244daf3e059', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:10.567096+00', NULL, NULL, NULL),
	(97, 'intake', '/brobygger/bakkegaarden/cases', '3190a6c0-842f-588f-b894-9bc91af8ffb2', 'dk.brobygger.cases.follow_up_done.v1', '2026-11-26 22:50:10.72699+00', NULL, NULL, NULL),
	(98, 'intake', '/brobygger/bakkegaarden/cases', 'a96aa323-7089-5461-b029-36346767c22e', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:11.017033+00', NULL, NULL, NULL),
	(99, 'intake', '/brobygger/bakkegaarden/cases', 'ee38432f-d8ea-53b6-a8a7-64f668670399', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:11.351268+00', NULL, NULL, NULL),
	(100, 'intake', '/brobygger/bakkegaarden/cases', '560623a2-a352-5fcb-b22e-2a4b7000cb41', 'dk.brobygger.cases.contact_made.v1', '2026-11-26 22:50:11.585023+00', NULL, NULL, NULL),
	(101, 'intake', '/brobygger/bakkegaarden/cases', '40e3fa7a-6864-5ce2-b11f-23ec58150c6d', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:11.916559+00', NULL, NULL, NULL),
	(102, 'intake', '/brobygger/bakkegaarden/notifications', 'c2304361-fdfa-5a86-84e8-27ec41960345', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:12.113019+00', NULL, NULL, NULL),
	(104, 'intake', '/brobygger/bakkegaarden/cases', '182dcfec-e942-5129-b249-c4f13c7a548d', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:12.418838+00', NULL, NULL, NULL),
	(105, 'intake', '/brobygger/bakkegaarden/notifications', '5a3a9aa8-b573-5e16-8d0e-5601fb6be703', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:12.637043+00', NULL, NULL, NULL),
	(107, 'intake', '/brobygger/bakkegaarden/notifications', '2a63f080-34f0-555d-ac0b-cda12dabe37a', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:12.9019+00', NULL, NULL, NULL),
	(108, 'intake', '/brobygger/bakkegaarden/cases', 'ca25035b-41e2-5567-b5be-643f8a5e50c4', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:12.976796+00', NULL, NULL, NULL),
	(111, 'intake', '/brobygger/bakkegaarden/cases', 'b51e67f6-5267-59f5-bf81-588391d492c9', 'dk.brobygger.cases.caretaker_informed.v1', '2026-11-26 22:50:13.785163+00', NULL, NULL, NULL),
	(114, 'intake', '/brobygger/bakkegaarden/cases', '2d4750c2-6956-512a-999a-9dc7258d53cc', 'dk.brobygger.cases.case_reopened.v1', '2026-11-26 22:50:14.746806+00', NULL, NULL, NULL),
	(115, 'intake', '/brobygger/bakkegaarden/cases', '0fcef654-26fc-5fe5-937a-68db7b663261', 'dk.brobygger.cases.follow_up_planned.v1', '2026-11-26 22:50:14.819269+00', NULL, NULL, NULL),
	(116, 'intake', '/brobygger/bakkegaarden/notifications', '60e89949-7da7-5b97-a7e0-b7181638620a', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:15.25016+00', NULL, NULL, NULL),
	(119, 'intake', '/brobygger/bakkegaarden/cases', 'f4a35be0-11cc-5fb4-b9bb-b78a20bcef3d', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:16.158224+00', NULL, NULL, NULL),
	(120, 'intake', '/brobygger/bakkegaarden/cases', '74502fcf-ad3e-5462-bc5c-ae26c5a3df4e', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:16.262362+00', NULL, NULL, NULL),
	(121, 'intake', '/brobygger/bakkegaarden/notifications', '82c4e0eb-205d-5807-acf0-506c0c558506', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:16.514896+00', NULL, NULL, NULL),
	(122, 'intake', '/brobygger/bakkegaarden/notifications', '54d7813a-94e7-5c4a-9747-10a9a8568a33', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:16.949086+00', NULL, NULL, NULL),
	(124, 'intake', '/brobygger/bakkegaarden/cases', 'fe73a6e6-cf5a-58b6-b1f6-17c30b550c23', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:17.23961+00', NULL, NULL, NULL),
	(129, 'intake', '/brobygger/bakkegaarden/notifications', 'e9f7bf3e-ef14-5880-b30e-d063c20c932e', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:17.878749+00', NULL, NULL, NULL),
	(130, 'intake', '/brobygger/bakkegaarden/notifications', 'beca40c0-7fd9-534e-be43-481b5e22fb20', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:18.031912+00', NULL, NULL, NULL),
	(131, 'intake', '/brobygger/bakkegaarden/notifications', '446be651-7558-5681-8fa3-5f765e5be154', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:18.09907+00', NULL, NULL, NULL),
	(133, 'intake', '/brobygger/bakkegaarden/cases', '35dd56fe-adc1-52e7-b367-ccbb7b89a7cc', 'dk.brobygger.cases.referral_silent.v1', '2026-11-26 22:50:18.964881+00', NULL, NULL, NULL),
	(134, 'intake', '/brobygger/bakkegaarden/notifications', 'e822eb18-2d20-532f-bd0d-ff5e7a322aaa', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:19.05881+00', NULL, NULL, NULL),
	(135, 'intake', '/brobygger/bakkegaarden/notifications', '84f42afb-6552-57e9-82fb-202aa622c5a2', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:19.341039+00', NULL, NULL, NULL),
	(136, 'intake', '/brobygger/bakkegaarden/notifications', 'edae5aad-cb8c-5685-bcf8-e5a6463685e0', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:19.456761+00', NULL, NULL, NULL),
	(137, 'intake', '/brobygger/bakkegaarden/notifications', 'ae2e2985-5326-5199-b3a3-6194c58a988e', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:19.741019+00', NULL, NULL, NULL),
	(138, 'intake', '/brobygger/bakkegaarden/notifications', 'd45f7896-972a-544b-95be-e1a985966a32', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:19.843238+00', NULL, NULL, NULL),
	(140, 'intake', '/brobygger/bakkegaarden/cases', 'fe1171c8-7706-52f4-981f-92724f5488e3', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:50:21.109087+00', NULL, NULL, NULL),
	(141, 'intake', '/brobygger/bakkegaarden/cases', '1d45b043-a94e-5a73-a791-66a696f73bd3', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:21.286453+00', NULL, NULL, NULL),
	(142, 'intake', '/brobygger/bakkegaarden/cases', '7c598513-40d9-5cfe-bf0c-975076eb7026', 'dk.brobygger.cases.concern_triaged.v1', '2026-11-26 22:50:21.498682+00', NULL, NULL, NULL),
	(149, 'intake', '/brobygger/bakkegaarden/cases', '0f0025b5-a591-5d62-b4d0-66790e18560c', 'dk.brobygger.cases.concern_raised.v1', '2026-11-26 22:50:22.289308+00', NULL, NULL, NULL),
	(150, 'intake', '/brobygger/bakkegaarden/cases', 'f2ad8efc-64be-535a-9401-4ab7a374552d', 'dk.brobygger.cases.consent_recorded.v1', '2026-11-26 22:50:22.397845+00', NULL, NULL, NULL),
	(153, 'intake', '/brobygger/bakkegaarden/cases', '4c7e440f-d383-5e84-bd78-e43c176b08b1', 'dk.brobygger.cases.deadline_missed.v1', '2026-11-26 22:50:22.865014+00', NULL, NULL, NULL),
	(154, 'intake', '/brobygger/bakkegaarden/cases', 'bac448c2-b1f4-5229-bb65-be07517744f5', 'dk.brobygger.cases.follow_up_missed.v1', '2026-11-26 22:50:22.865014+00', NULL, NULL, NULL),
	(159, 'intake', '/brobygger/bakkegaarden/notifications', '9b22fcb6-11e7-59cc-ac38-b3cc95251915', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:23.507673+00', NULL, NULL, NULL),
	(164, 'intake', '/brobygger/bakkegaarden/notifications', '0340ba21-cdf8-5b8d-a29d-1099ee2ed1d4', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:24.88515+00', NULL, NULL, NULL),
	(165, 'intake', '/brobygger/bakkegaarden/cases', '091901ae-6ba2-50cc-b1c3-f85e6729bd24', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:50:25.022221+00', NULL, NULL, NULL),
	(166, 'intake', '/brobygger/bakkegaarden/notifications', 'e6a9654a-487b-5719-b605-d9c60a555e05', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:25.162804+00', NULL, NULL, NULL),
	(158, 'intake', '/brobygger/bakkegaarden/notifications', '1a0267a5-9f68-51a2-a639-bbd5515101dc', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:23.122009+00', NULL, NULL, NULL),
	(160, 'intake', '/brobygger/bakkegaarden/notifications', '26ff97ff-b201-526a-b0df-63cbaa2080c4', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:23.699923+00', NULL, NULL, NULL),
	(161, 'intake', '/brobygger/bakkegaarden/notifications', '99981d94-ae3b-560a-96b4-69fd66b8e1ec', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:24.152618+00', NULL, NULL, NULL),
	(162, 'intake', '/brobygger/bakkegaarden/notifications', 'a9d7218b-b70c-5a81-b308-68ebd9acb04f', 'dk.brobygger.notifications.notice_sent.v1', '2026-11-26 22:50:24.500205+00', NULL, NULL, NULL),
	(163, 'intake', '/brobygger/bakkegaarden/cases', '50e75262-eb49-526a-b910-4c8ae47279b1', 'dk.brobygger.cases.concern_seen.v1', '2026-11-26 22:50:24.619748+00', NULL, NULL, NULL);


--
-- Data for Name: migrations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.migrations VALUES
	('0001_ground.sql', 'e4301c1250155a4c8bfe6beceabb302d8e0d746740d2f4d9b1c7ee8b42cd7cf9', '2026-11-26 22:49:33.929595+00'),
	('read model home', '056433a2d1f1921074adf872b30198b63076ffbf6594506767889228b7c73d55', '2026-11-26 22:49:33.929595+00'),
	('read model observation', 'ed7e106a039ffac3fd16cce296a494e0151520a07c4c577067d5e02ef18dc16c', '2026-11-26 22:49:33.929595+00');


--
-- Data for Name: observation_tellings; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.observation_tellings VALUES
	('01a21a0d-114e-7714-bb05-ee8cdb07498e', 'dismissed', '2026-03-03 09:00:00+00'),
	('01a21a0d-12a2-737b-ac0a-8559935b2c18', 'in_good_hands', '2026-03-04 09:00:00+00'),
	('01a21a0d-143d-75b1-8435-32e772b45ec0', 'case_opened', '2026-03-04 09:00:00+00'),
	('01a21a0d-15d2-73c4-83ec-011d8de91c27', 'case_opened', '2026-03-04 09:00:00+00'),
	('01a21a0d-1b26-7041-acee-e320d970ab59', 'case_opened', '2026-03-04 09:00:00+00'),
	('01a21a0d-143d-75b1-8435-32e772b45ec0', 'closed', '2026-03-04 09:00:00+00'),
	('01a21a0d-15d2-73c4-83ec-011d8de91c27', 'closed', '2026-03-04 09:00:00+00'),
	('01a21a0d-7775-725a-a7d9-8da0df79cbac', 'in_good_hands', '2026-03-10 09:00:00+00');


--
-- Data for Name: observations; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.observations VALUES
	('01a21a0d-15d2-73c4-83ec-011d8de91c27', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 9, 'estate-1', 'bakkelund', '32f3ed6d-d1c9-4194-ac39-80e8014aa855', '1ecd51c7-5280-4379-8738-db648a30e894', '{home.hoarding,self.neglect}', 'low', 'granted', 'mundtlig-1', '{office}', '{"of": "d50c3bb4-162a-5aef-af0d-8abd54bac19f/address", "box": "SmJGlRJNG3vo3AX9d08eo/3sL/Un7D2HRdfBgXkg0s6lh7RwMNzfNnBRVFSiNA==", "subject": "1ecd51c7-5280-4379-8738-db648a30e894"}', NULL, 'f5c0b696-fa35-5df1-b480-36384eaee8f9', '2026-03-10 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'low', '2026-03-03 09:00:00+00', '2026-04-07 21:59:59.999999+00', '2026-03-04 09:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-1813-70cb-9021-fc0becf75d6f', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 6, 'estate-1', 'bakkelund', '8d82744a-5712-4ae3-bd59-c1dfc08d014c', 'd82dbde5-da67-430b-b825-fbd523b27fa4', '{home.hoarding,self.neglect}', 'medium', 'granted', 'mundtlig-1', '{office}', '{"of": "7c9af0f5-239b-5abc-a3c0-f94080cc59c9/address", "box": "yaLtj8wtpDFKgNNdAJxiFwchL1KfDtDiLbaiyLeoElPe6sqS3Sr5po9gMIFldA==", "subject": "d82dbde5-da67-430b-b825-fbd523b27fa4"}', NULL, '860a3cbd-1cc7-5b2e-ac34-4d90127f95b4', '2026-03-05 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'medium', '2026-03-03 09:00:00+00', '2026-03-10 22:59:59.999999+00', NULL, '2026-03-04 09:00:00+00', NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-0fd5-7324-9916-c853da18100d', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 4, 'estate-1', 'bakkelund', 'e888e5c9-c5c2-431b-b053-68a01d6f7719', 'd38a28b0-db75-4598-a947-1e7a09f67e55', '{home.hoarding,self.neglect}', 'low', 'not_asked', '', '{}', '{"of": "db412056-df11-56e3-921d-43e4e4989d64/address", "box": "rCt/RsTOpYe3EJorTPF3bHR1aARVshxP2ebWbNq4JZ9eIcAf6rJjdxlLGTsO", "subject": "d38a28b0-db75-4598-a947-1e7a09f67e55"}', NULL, 'af10f58a-b531-5fcd-87ae-98b1b47c0793', '2026-03-10 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'low', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-0b95-771c-8511-ddf441d005ff', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 4, 'estate-1', 'bakkelund', '1f384af9-299b-418a-8cdd-16d49269645d', 'f96b5bf8-7e31-454d-a52a-ca4662402487', '{home.hoarding,self.neglect}', 'high', 'granted', 'mundtlig-1', '{office}', '{"of": "a7d2a205-0787-5c09-9af7-9cea4749a92f/address", "box": "mvrpp2I57LervpxxPim8UTUdXR6tdqp6tydK+qPC7kJXUb1xOgaN64R6UZF0", "subject": "f96b5bf8-7e31-454d-a52a-ca4662402487"}', NULL, 'aeab97e0-1060-5d3d-9f9d-b488632664dd', '2026-03-03 22:59:59.999999+00', true, NULL, '2026-03-03 09:00:00+00', 'social_lead', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-114e-7714-bb05-ee8cdb07498e', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 5, 'estate-1', 'bakkelund', '6956383d-6cbc-4977-93c1-5eee28599dad', 'b3899ff4-9041-4128-92f2-c846b96f69d1', '{home.hoarding,self.neglect}', 'medium', 'granted', 'mundtlig-1', '{office}', '{"of": "77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/address", "box": "A68L4ImcfFzhNu65Br5EukeoX8LX9Mu7OuPFJVFyH11EJ9Kmfsc2dgqE2ukB", "subject": "b3899ff4-9041-4128-92f2-c846b96f69d1"}', '{"of": "77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/words", "box": "xmbXshjs8MEVormTc64LuWc2dYBAGKbvqI42MeMs/3X7KLoNDT5NSiQaqMzbU1y3ySFrMw==", "subject": "b3899ff4-9041-4128-92f2-c846b96f69d1"}', '35788118-a7c0-5b4d-8a39-3c03eb6d5bf9', '2026-03-05 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-03-03 09:00:00+00', 'handled_on_the_spot', NULL, NULL),
	('01a21a0d-143d-75b1-8435-32e772b45ec0', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 8, 'estate-1', 'bakkelund', 'b2a5eeeb-eb35-4870-aba7-5d4730512c74', '686dfb53-6881-4dbf-9d83-95cd98cdfa03', '{home.hoarding,self.neglect}', 'low', 'granted', 'mundtlig-1', '{office}', '{"of": "2426b3c0-2fb6-5c45-84f3-4f9be60a2567/address", "box": "iCEOC/gPuBmnegtqdznB89hZSxQApldyDB4SVmcpdniAlNXfBW2Oyn1mMV+tMg==", "subject": "686dfb53-6881-4dbf-9d83-95cd98cdfa03"}', NULL, '0dd51b4c-e080-5723-bdff-48b838edfcaf', '2026-03-10 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'low', '2026-03-03 09:00:00+00', '2026-04-07 21:59:59.999999+00', NULL, NULL, NULL, NULL, NULL, '2026-03-04 09:00:00+00', 'handled_with_association_help'),
	('01a21a0d-12a2-737b-ac0a-8559935b2c18', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 9, 'estate-1', 'bakkelund', '1dcaf328-033d-4ada-9d7d-43a66fc3ee77', 'c2ff1e88-743f-415b-af60-a2f90441791b', '{home.hoarding,self.neglect}', 'high', 'granted', 'mundtlig-1', '{office,municipal.visitation,damage_service}', '{"of": "ac990b92-fbef-59c5-8802-cfcd2a0d7957/address", "box": "VV93fMSVF1e2/M+/AIKHTyg665M2TnXlbU/t1WAJXLgXvSo4EkQym8M25uIJ", "subject": "c2ff1e88-743f-415b-af60-a2f90441791b"}', '{"of": "ac990b92-fbef-59c5-8802-cfcd2a0d7957/words", "box": "DjRgggDcPqsIXVRs9s3SD789vUZczxJeUeNepoXgdfeH2579ui4E1C75hDAMBmsDsE9CNg3XLphOS3l4uJr5Wy4=", "subject": "c2ff1e88-743f-415b-af60-a2f90441791b"}', 'b4261a65-8269-523b-b18a-b7f9145723fe', '2026-03-03 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'high', '2026-03-03 09:00:00+00', '2026-03-04 22:59:59.999999+00', NULL, '2026-03-04 09:00:00+00', '2026-03-19 09:00:00+00', NULL, NULL, NULL, NULL),
	('01a21a0d-7775-725a-a7d9-8da0df79cbac', 'bakkegaarden', 'staff-caretaker-2', '2026-03-10 09:00:00+00', '2026-03-10 09:00:00+00', 6, 'estate-2', 'bakkelund', '7d8d9b73-bc13-46ab-8d77-0cd1e0371021', 'd9fe7ede-97fe-4918-8108-d8c9fdc84ac2', '{home.hoarding,self.neglect}', 'acute', 'granted', 'mundtlig-1', '{office}', '{"of": "c9f9baa3-a142-57a7-bc13-388635184a46/address", "box": "J26Cw+EDypL1EKOUsBFWXPoFfDMcZgoNhcOzWBFUHDgs3aGTO0ZKtFsOCQ==", "subject": "d9fe7ede-97fe-4918-8108-d8c9fdc84ac2"}', NULL, '872c68c6-9cd9-5b08-8ba8-953000a6b0ec', '2026-03-10 09:15:00+00', false, NULL, '2026-03-10 09:00:00+00', 'social_lead', '2026-03-10 09:00:00+00', 'acute', '2026-03-10 09:00:00+00', '2026-03-10 10:00:00+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-7f40-761a-bc28-fafebe101bf1', 'bakkegaarden', 'staff-caretaker-2', '2026-03-10 09:00:00+00', '2026-03-10 09:00:00+00', 3, 'estate-2', 'bakkelund', '4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0', '894d46d6-2155-45a2-82d0-6ac6d980ff31', '{home.hoarding,self.neglect}', 'medium', 'granted', 'mundtlig-1', '{office}', '{"of": "d58f4af8-eabf-52c0-a3d2-fb676826daa2/address", "box": "9WipAPX3bDhDosKzpJX2g2J9xU8PwDuCmqBhRExRTkC2SPAWlDEQYUY4uQ==", "subject": "894d46d6-2155-45a2-82d0-6ac6d980ff31"}', NULL, 'f442100d-862a-5cf5-894c-c7e5ce31fcb3', '2026-03-12 22:59:59.999999+00', true, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-1b26-7041-acee-e320d970ab59', 'bakkegaarden', 'staff-caretaker-1', '2026-03-03 09:00:00+00', '2026-03-03 09:00:00+00', 6, 'estate-1', 'bakkelund', '6fd583e7-6e57-4c0d-955d-80426be6a09b', '6276c63a-09c6-4100-ac9f-a94c5c627f07', '{home.hoarding,self.neglect}', 'low', 'granted', 'mundtlig-1', '{office}', '{"of": "a37a5096-c4c3-5ec8-ae50-57da2d5c5788/address", "box": "Z0G0zzPnBZVpOJUa/bj30L8/jHk5ZNo9otEs9vowP9DN287q6M4LA4IgmciV9A==", "subject": "6276c63a-09c6-4100-ac9f-a94c5c627f07"}', '{"of": "a37a5096-c4c3-5ec8-ae50-57da2d5c5788/words", "box": "FKUygBU73MrDbdznOKjgGIjqlzLilFacGBp7Xm4Xe2KVeS54Z50iJvfpUJZaSL5FjGpeOP/rJ9JYNY1jKThpQIA=", "subject": "6276c63a-09c6-4100-ac9f-a94c5c627f07"}', 'fdea9a53-a723-5407-9869-5793914e4fab', '2026-03-10 22:59:59.999999+00', false, NULL, '2026-03-03 09:00:00+00', 'social_lead', '2026-03-03 09:00:00+00', 'low', '2026-03-03 09:00:00+00', '2026-04-07 21:59:59.999999+00', NULL, NULL, NULL, NULL, NULL, NULL, NULL),
	('01a21a0d-92fe-70f7-9154-9d9fb891fe89', 'bakkegaarden', 'staff-caretaker-1', '2026-03-16 09:00:00+00', '2026-03-16 09:00:00+00', 1, 'estate-1', 'bakkelund', 'f1494a96-4dfa-40fe-8cf7-7fe379844b1c', 'b92ee7b5-aba4-422d-a25f-c8f51601ca3e', '{home.hoarding,self.neglect}', 'high', 'granted', 'mundtlig-1', '{office,municipal.visitation,damage_service}', '{"of": "3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/address", "box": "1spBmodUUCldLKXpft6MaMiTpwZJzJ1YXoPoS5sVNj14Dq79b8ySBULTp1n+Dg==", "subject": "b92ee7b5-aba4-422d-a25f-c8f51601ca3e"}', '{"of": "3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/words", "box": "mCfsj+NGb37pFZ6BKRLvlXB1SHihibWxuEnDq+a2CdqTe5UmnGif6wxRwXSFVCU=", "subject": "b92ee7b5-aba4-422d-a25f-c8f51601ca3e"}', NULL, NULL, false, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: outbox; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.outbox OVERRIDING SYSTEM VALUE VALUES
	(1, 3, 'brobygger.intake', 'f96b5bf8-7e31-454d-a52a-ca4662402487', '{"ce_id": "7c54c207-979a-568b-81b2-e0200625a173", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "f96b5bf8-7e31-454d-a52a-ca4662402487", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "d0451d34-2c7e-53fa-b0e6-dc319783606c", "ce_specversion": "1.0", "ce_partitionkey": "f96b5bf8-7e31-454d-a52a-ca4662402487", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "d0451d34-2c7e-53fa-b0e6-dc319783606c", "ce_classification": "internal"}', convert_to('{"tenancy_id":"f96b5bf8-7e31-454d-a52a-ca4662402487","home_id":"1f384af9-299b-418a-8cdd-16d49269645d","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(2, 11, 'brobygger.intake', 'b92ee7b5-aba4-422d-a25f-c8f51601ca3e', '{"ce_id": "51eaa612-59c6-5d53-8346-36fa3bccf6c5", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "b92ee7b5-aba4-422d-a25f-c8f51601ca3e", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "4e643bdc-bf8f-5c2d-b445-5ad374496ad9", "ce_specversion": "1.0", "ce_partitionkey": "b92ee7b5-aba4-422d-a25f-c8f51601ca3e", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "4e643bdc-bf8f-5c2d-b445-5ad374496ad9", "ce_classification": "internal"}', convert_to('{"tenancy_id":"b92ee7b5-aba4-422d-a25f-c8f51601ca3e","home_id":"f1494a96-4dfa-40fe-8cf7-7fe379844b1c","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(3, 0, 'brobygger.intake', 'a372240c-9bcd-42ee-ad9c-1c323b3f9634', '{"ce_id": "c87aa764-23e0-5b3d-937f-bd8884adca38", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "a372240c-9bcd-42ee-ad9c-1c323b3f9634", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "2731eda5-6dff-5d74-ab4e-970fbe08e756", "ce_specversion": "1.0", "ce_partitionkey": "a372240c-9bcd-42ee-ad9c-1c323b3f9634", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "2731eda5-6dff-5d74-ab4e-970fbe08e756", "ce_classification": "internal"}', convert_to('{"tenancy_id":"a372240c-9bcd-42ee-ad9c-1c323b3f9634","home_id":"4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0","estate_id":"estate-2","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(4, 0, 'brobygger.intake', 'a372240c-9bcd-42ee-ad9c-1c323b3f9634', '{"ce_id": "f8733208-d29d-5585-9db8-cf90948807d5", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_ended.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "a372240c-9bcd-42ee-ad9c-1c323b3f9634", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_ended:v1", "ce_association": "bakkegaarden", "ce_causationid": "12314256-0f85-5657-a9c0-6a6864f4075f", "ce_specversion": "1.0", "ce_partitionkey": "a372240c-9bcd-42ee-ad9c-1c323b3f9634", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "12314256-0f85-5657-a9c0-6a6864f4075f", "ce_classification": "internal"}', convert_to('{"tenancy_id":"a372240c-9bcd-42ee-ad9c-1c323b3f9634","home_id":"4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0","estate_id":"estate-2","ended_on":"2026-03-09"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(5, 3, 'brobygger.intake', 'd38a28b0-db75-4598-a947-1e7a09f67e55', '{"ce_id": "efa9b81a-2759-5870-92ea-0c854de170db", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "d38a28b0-db75-4598-a947-1e7a09f67e55", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "d17767b4-4b4f-52a5-9201-42ce6c00eba1", "ce_specversion": "1.0", "ce_partitionkey": "d38a28b0-db75-4598-a947-1e7a09f67e55", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "d17767b4-4b4f-52a5-9201-42ce6c00eba1", "ce_classification": "internal"}', convert_to('{"tenancy_id":"d38a28b0-db75-4598-a947-1e7a09f67e55","home_id":"e888e5c9-c5c2-431b-b053-68a01d6f7719","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(6, 15, 'brobygger.intake', 'b3899ff4-9041-4128-92f2-c846b96f69d1', '{"ce_id": "7d54b99a-4f95-51cc-92d9-2e43f0a8ba33", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "b3899ff4-9041-4128-92f2-c846b96f69d1", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "6f3c5b62-2e71-5563-a842-26fc01d439d3", "ce_specversion": "1.0", "ce_partitionkey": "b3899ff4-9041-4128-92f2-c846b96f69d1", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "6f3c5b62-2e71-5563-a842-26fc01d439d3", "ce_classification": "internal"}', convert_to('{"tenancy_id":"b3899ff4-9041-4128-92f2-c846b96f69d1","home_id":"6956383d-6cbc-4977-93c1-5eee28599dad","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(7, 10, 'brobygger.intake', 'c2ff1e88-743f-415b-af60-a2f90441791b', '{"ce_id": "9b966e4e-34d9-5c15-ba65-0f404cef1e4c", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "c2ff1e88-743f-415b-af60-a2f90441791b", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "fab82cb7-c9ef-53b6-b905-0dd0a1e43695", "ce_specversion": "1.0", "ce_partitionkey": "c2ff1e88-743f-415b-af60-a2f90441791b", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "fab82cb7-c9ef-53b6-b905-0dd0a1e43695", "ce_classification": "internal"}', convert_to('{"tenancy_id":"c2ff1e88-743f-415b-af60-a2f90441791b","home_id":"1dcaf328-033d-4ada-9d7d-43a66fc3ee77","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(8, 6, 'brobygger.intake', '1ecd51c7-5280-4379-8738-db648a30e894', '{"ce_id": "68e23d45-2e09-5418-ac76-8db32c9774e3", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "1ecd51c7-5280-4379-8738-db648a30e894", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "25fc1ecd-09de-5f99-9a0b-22db378c3ad7", "ce_specversion": "1.0", "ce_partitionkey": "1ecd51c7-5280-4379-8738-db648a30e894", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "25fc1ecd-09de-5f99-9a0b-22db378c3ad7", "ce_classification": "internal"}', convert_to('{"tenancy_id":"1ecd51c7-5280-4379-8738-db648a30e894","home_id":"32f3ed6d-d1c9-4194-ac39-80e8014aa855","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(9, 1, 'brobygger.intake', 'd9fe7ede-97fe-4918-8108-d8c9fdc84ac2', '{"ce_id": "00d6679d-cb73-5157-90a8-45e3682dadd0", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "d9fe7ede-97fe-4918-8108-d8c9fdc84ac2", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "17aa9e8d-9cc8-57d1-82cd-17ddca5ccf97", "ce_specversion": "1.0", "ce_partitionkey": "d9fe7ede-97fe-4918-8108-d8c9fdc84ac2", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "17aa9e8d-9cc8-57d1-82cd-17ddca5ccf97", "ce_classification": "internal"}', convert_to('{"tenancy_id":"d9fe7ede-97fe-4918-8108-d8c9fdc84ac2","home_id":"7d8d9b73-bc13-46ab-8d77-0cd1e0371021","estate_id":"estate-2","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(10, 3, 'brobygger.intake', '894d46d6-2155-45a2-82d0-6ac6d980ff31', '{"ce_id": "cb8e7511-bc9f-5e46-92c7-f72513aeea6d", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "894d46d6-2155-45a2-82d0-6ac6d980ff31", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "069cfaa4-e1df-5ddb-9299-7bf05b5f1824", "ce_specversion": "1.0", "ce_partitionkey": "894d46d6-2155-45a2-82d0-6ac6d980ff31", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "069cfaa4-e1df-5ddb-9299-7bf05b5f1824", "ce_classification": "internal"}', convert_to('{"tenancy_id":"894d46d6-2155-45a2-82d0-6ac6d980ff31","home_id":"4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0","estate_id":"estate-2","municipality":"bakkelund","started_on":"2026-03-10"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(11, 8, 'brobygger.intake', '686dfb53-6881-4dbf-9d83-95cd98cdfa03', '{"ce_id": "8534b25c-6397-5732-ad79-9d0ee4358558", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "686dfb53-6881-4dbf-9d83-95cd98cdfa03", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "cb4c3560-4f59-565e-bcb4-ea245a43c955", "ce_specversion": "1.0", "ce_partitionkey": "686dfb53-6881-4dbf-9d83-95cd98cdfa03", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "cb4c3560-4f59-565e-bcb4-ea245a43c955", "ce_classification": "internal"}', convert_to('{"tenancy_id":"686dfb53-6881-4dbf-9d83-95cd98cdfa03","home_id":"b2a5eeeb-eb35-4870-aba7-5d4730512c74","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(12, 15, 'brobygger.intake', 'd82dbde5-da67-430b-b825-fbd523b27fa4', '{"ce_id": "8659531d-31fe-5912-9a69-c0c00a05a0ff", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "d82dbde5-da67-430b-b825-fbd523b27fa4", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "7b044e70-2223-5ca1-a7aa-93198e39bd0d", "ce_specversion": "1.0", "ce_partitionkey": "d82dbde5-da67-430b-b825-fbd523b27fa4", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "7b044e70-2223-5ca1-a7aa-93198e39bd0d", "ce_classification": "internal"}', convert_to('{"tenancy_id":"d82dbde5-da67-430b-b825-fbd523b27fa4","home_id":"8d82744a-5712-4ae3-bd59-c1dfc08d014c","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(13, 11, 'brobygger.intake', '6276c63a-09c6-4100-ac9f-a94c5c627f07', '{"ce_id": "3d5786e8-8cc6-5671-a228-d65cf004626e", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.tenancy_started.v1", "ce_actor": "system:intake", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "6276c63a-09c6-4100-ac9f-a94c5c627f07", "ce_actorrole": "system", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:tenancy_started:v1", "ce_association": "bakkegaarden", "ce_causationid": "501812c7-2ccc-5254-b044-80f67b1d0575", "ce_specversion": "1.0", "ce_partitionkey": "6276c63a-09c6-4100-ac9f-a94c5c627f07", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "501812c7-2ccc-5254-b044-80f67b1d0575", "ce_classification": "internal"}', convert_to('{"tenancy_id":"6276c63a-09c6-4100-ac9f-a94c5c627f07","home_id":"6fd583e7-6e57-4c0d-955d-80426be6a09b","estate_id":"estate-1","municipality":"bakkelund","started_on":"2026-03-03"}', 'UTF8'), '2026-11-26 22:49:52.05913+00', '2026-11-26 22:49:52.505041+00'),
	(20, 13, 'brobygger.intake', '01a21a0d-1813-70cb-9021-fc0becf75d6f', '{"ce_id": "38f7557b-bd17-5b8e-8bf6-f3eaccb408a6", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-1813-70cb-9021-fc0becf75d6f", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-9270e9aefd1b763366424a48eaa47c5b-b0b1cb6ac2df8cad-00", "ce_partitionkey": "01a21a0d-1813-70cb-9021-fc0becf75d6f", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-1842-747d-af7e-7edb57a1ddd2", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-1813-70cb-9021-fc0becf75d6f","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"8d82744a-5712-4ae3-bd59-c1dfc08d014c","tenancy_id":"d82dbde5-da67-430b-b825-fbd523b27fa4","signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"d82dbde5-da67-430b-b825-fbd523b27fa4","of":"7c9af0f5-239b-5abc-a3c0-f94080cc59c9/address","box":"yaLtj8wtpDFKgNNdAJxiFwchL1KfDtDiLbaiyLeoElPe6sqS3Sr5po9gMIFldA=="},"words":null,"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:55.61355+00', '2026-11-26 22:49:55.785771+00'),
	(21, 7, 'brobygger.intake', '01a21a0d-1b26-7041-acee-e320d970ab59', '{"ce_id": "0df36a35-9bd9-5a87-966d-7aba9ea29742", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-1b26-7041-acee-e320d970ab59", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-4561cb484970ee5e5271db866a9e6fa4-796602afa25e4d28-00", "ce_partitionkey": "01a21a0d-1b26-7041-acee-e320d970ab59", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-1b46-7541-b310-bd23939962ec", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-1b26-7041-acee-e320d970ab59","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"6fd583e7-6e57-4c0d-955d-80426be6a09b","tenancy_id":"6276c63a-09c6-4100-ac9f-a94c5c627f07","signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"6276c63a-09c6-4100-ac9f-a94c5c627f07","of":"a37a5096-c4c3-5ec8-ae50-57da2d5c5788/address","box":"Z0G0zzPnBZVpOJUa/bj30L8/jHk5ZNo9otEs9vowP9DN287q6M4LA4IgmciV9A=="},"words":{"subject":"6276c63a-09c6-4100-ac9f-a94c5c627f07","of":"a37a5096-c4c3-5ec8-ae50-57da2d5c5788/words","box":"FKUygBU73MrDbdznOKjgGIjqlzLilFacGBp7Xm4Xe2KVeS54Z50iJvfpUJZaSL5FjGpeOP/rJ9JYNY1jKThpQIA="},"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:56.384521+00', '2026-11-26 22:49:56.500762+00'),
	(14, 3, 'brobygger.intake', '01a21a0d-0b95-771c-8511-ddf441d005ff', '{"ce_id": "9d7bdfc1-be28-5f8c-8d25-05f9ced85f3b", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-0b95-771c-8511-ddf441d005ff", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-8eefac559033ef1c539b1d7fd93a05e9-77d82d55a6d09c80-00", "ce_partitionkey": "01a21a0d-0b95-771c-8511-ddf441d005ff", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-0c28-777a-a794-42b56947bd11", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-0b95-771c-8511-ddf441d005ff","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"1f384af9-299b-418a-8cdd-16d49269645d","tenancy_id":"f96b5bf8-7e31-454d-a52a-ca4662402487","signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"f96b5bf8-7e31-454d-a52a-ca4662402487","of":"a7d2a205-0787-5c09-9af7-9cea4749a92f/address","box":"mvrpp2I57LervpxxPim8UTUdXR6tdqp6tydK+qPC7kJXUb1xOgaN64R6UZF0"},"words":null,"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:52.572839+00', '2026-11-26 22:49:52.685838+00'),
	(15, 1, 'brobygger.intake', '01a21a0d-0fd5-7324-9916-c853da18100d', '{"ce_id": "0eab71a4-454f-5dd9-a141-bbc6fc092bcb", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-0fd5-7324-9916-c853da18100d", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-12507eae9cd7aa59dbb822430f08a5e6-a86b7e0e9b59eced-00", "ce_partitionkey": "01a21a0d-0fd5-7324-9916-c853da18100d", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-0fdc-751d-a1c2-8b3448f04e53", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-0fd5-7324-9916-c853da18100d","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"e888e5c9-c5c2-431b-b053-68a01d6f7719","tenancy_id":"d38a28b0-db75-4598-a947-1e7a09f67e55","signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"not_asked","consent_wording":"","consent_scope":[],"address":{"subject":"d38a28b0-db75-4598-a947-1e7a09f67e55","of":"db412056-df11-56e3-921d-43e4e4989d64/address","box":"rCt/RsTOpYe3EJorTPF3bHR1aARVshxP2ebWbNq4JZ9eIcAf6rJjdxlLGTsO"},"words":null,"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:53.40678+00', '2026-11-26 22:49:53.475233+00'),
	(16, 5, 'brobygger.intake', '01a21a0d-114e-7714-bb05-ee8cdb07498e', '{"ce_id": "d793b71d-a5af-5672-8946-a4063a1c37c3", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-114e-7714-bb05-ee8cdb07498e", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-0cba4b5a811b73dbe2cc84061bcfe6d9-28f44a84d5746a9b-00", "ce_partitionkey": "01a21a0d-114e-7714-bb05-ee8cdb07498e", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-115d-7092-896d-5141a5f658a1", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-114e-7714-bb05-ee8cdb07498e","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"6956383d-6cbc-4977-93c1-5eee28599dad","tenancy_id":"b3899ff4-9041-4128-92f2-c846b96f69d1","signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"b3899ff4-9041-4128-92f2-c846b96f69d1","of":"77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/address","box":"A68L4ImcfFzhNu65Br5EukeoX8LX9Mu7OuPFJVFyH11EJ9Kmfsc2dgqE2ukB"},"words":{"subject":"b3899ff4-9041-4128-92f2-c846b96f69d1","of":"77a9e81e-97c5-56e0-b7d3-9377d4c1d33b/words","box":"xmbXshjs8MEVormTc64LuWc2dYBAGKbvqI42MeMs/3X7KLoNDT5NSiQaqMzbU1y3ySFrMw=="},"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:53.779391+00', '2026-11-26 22:49:53.815946+00'),
	(18, 6, 'brobygger.intake', '01a21a0d-143d-75b1-8435-32e772b45ec0', '{"ce_id": "b6020919-ebcc-5d38-a6b4-7298f58b911b", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-143d-75b1-8435-32e772b45ec0", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-d45ba4d7a4d266fde378c3f44e45a68c-af2c3e9ad490fb1a-00", "ce_partitionkey": "01a21a0d-143d-75b1-8435-32e772b45ec0", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-144f-7341-bb4b-62ceabf71e50", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-143d-75b1-8435-32e772b45ec0","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"b2a5eeeb-eb35-4870-aba7-5d4730512c74","tenancy_id":"686dfb53-6881-4dbf-9d83-95cd98cdfa03","signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"686dfb53-6881-4dbf-9d83-95cd98cdfa03","of":"2426b3c0-2fb6-5c45-84f3-4f9be60a2567/address","box":"iCEOC/gPuBmnegtqdznB89hZSxQApldyDB4SVmcpdniAlNXfBW2Oyn1mMV+tMg=="},"words":null,"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:54.546891+00', '2026-11-26 22:49:54.657015+00'),
	(24, 12, 'brobygger.intake', '01a21a0d-92fe-70f7-9154-9d9fb891fe89', '{"ce_id": "2b78c9d3-2f41-51b9-947c-e6cf987756c5", "ce_time": "2026-03-16T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-92fe-70f7-9154-9d9fb891fe89", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-f8eaea6311cb6325a32fa00114043348-f52ac3a3c0101280-00", "ce_partitionkey": "01a21a0d-92fe-70f7-9154-9d9fb891fe89", "ce_recordedtime": "2026-03-16T09:00:00Z", "ce_correlationid": "01a21a0d-9326-7081-864e-45f17b1eab7a", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-92fe-70f7-9154-9d9fb891fe89","observer":"staff-caretaker-1","observed_at":"2026-03-16T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"f1494a96-4dfa-40fe-8cf7-7fe379844b1c","tenancy_id":"b92ee7b5-aba4-422d-a25f-c8f51601ca3e","signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office","municipal.visitation","damage_service"],"address":{"subject":"b92ee7b5-aba4-422d-a25f-c8f51601ca3e","of":"3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/address","box":"1spBmodUUCldLKXpft6MaMiTpwZJzJ1YXoPoS5sVNj14Dq79b8ySBULTp1n+Dg=="},"words":{"subject":"b92ee7b5-aba4-422d-a25f-c8f51601ca3e","of":"3ecbe0cd-0064-56c0-8c3a-b860fa81f3f2/words","box":"mCfsj+NGb37pFZ6BKRLvlXB1SHihibWxuEnDq+a2CdqTe5UmnGif6wxRwXSFVCU="},"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:50:27.029476+00', NULL),
	(17, 4, 'brobygger.intake', '01a21a0d-12a2-737b-ac0a-8559935b2c18', '{"ce_id": "21535479-3769-5a38-bdf4-b30a3adfb3c3", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-12a2-737b-ac0a-8559935b2c18", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-c008a204548def3c81eaedd5d9e3a77b-49c6a461b217b364-00", "ce_partitionkey": "01a21a0d-12a2-737b-ac0a-8559935b2c18", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-12af-7434-9967-baaefaf33cd6", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-12a2-737b-ac0a-8559935b2c18","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"1dcaf328-033d-4ada-9d7d-43a66fc3ee77","tenancy_id":"c2ff1e88-743f-415b-af60-a2f90441791b","signals":["home.hoarding","self.neglect"],"severity":"high","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office","municipal.visitation","damage_service"],"address":{"subject":"c2ff1e88-743f-415b-af60-a2f90441791b","of":"ac990b92-fbef-59c5-8802-cfcd2a0d7957/address","box":"VV93fMSVF1e2/M+/AIKHTyg665M2TnXlbU/t1WAJXLgXvSo4EkQym8M25uIJ"},"words":{"subject":"c2ff1e88-743f-415b-af60-a2f90441791b","of":"ac990b92-fbef-59c5-8802-cfcd2a0d7957/words","box":"DjRgggDcPqsIXVRs9s3SD789vUZczxJeUeNepoXgdfeH2579ui4E1C75hDAMBmsDsE9CNg3XLphOS3l4uJr5Wy4="},"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:54.167226+00', '2026-11-26 22:49:54.298478+00'),
	(19, 9, 'brobygger.intake', '01a21a0d-15d2-73c4-83ec-011d8de91c27', '{"ce_id": "b31f46d1-5da2-5b09-a8b1-1cb85683e806", "ce_time": "2026-03-03T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-1", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-15d2-73c4-83ec-011d8de91c27", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-4d65d2b20bc439d4130af11c8da60af7-f0a14c5ffbe35c27-00", "ce_partitionkey": "01a21a0d-15d2-73c4-83ec-011d8de91c27", "ce_recordedtime": "2026-03-03T09:00:00Z", "ce_correlationid": "01a21a0d-15fb-75e4-9176-6f7dba5de9cd", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-15d2-73c4-83ec-011d8de91c27","observer":"staff-caretaker-1","observed_at":"2026-03-03T09:00:00Z","estate_id":"estate-1","municipality":"bakkelund","home_id":"32f3ed6d-d1c9-4194-ac39-80e8014aa855","tenancy_id":"1ecd51c7-5280-4379-8738-db648a30e894","signals":["home.hoarding","self.neglect"],"severity":"low","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"1ecd51c7-5280-4379-8738-db648a30e894","of":"d50c3bb4-162a-5aef-af0d-8abd54bac19f/address","box":"SmJGlRJNG3vo3AX9d08eo/3sL/Un7D2HRdfBgXkg0s6lh7RwMNzfNnBRVFSiNA=="},"words":null,"estate_name":"Opdigtet Vænge"}', 'UTF8'), '2026-11-26 22:49:55.021011+00', '2026-11-26 22:49:55.14227+00'),
	(22, 13, 'brobygger.intake', '01a21a0d-7775-725a-a7d9-8da0df79cbac', '{"ce_id": "e5d17e44-7bde-5be6-9721-26f661004a50", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-2", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-7775-725a-a7d9-8da0df79cbac", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-b1397187dab673a0997270d26c8c2355-80c72dd6a9c78901-00", "ce_partitionkey": "01a21a0d-7775-725a-a7d9-8da0df79cbac", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "01a21a0d-789d-73f7-ae7b-3696df3d3aa1", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-7775-725a-a7d9-8da0df79cbac","observer":"staff-caretaker-2","observed_at":"2026-03-10T09:00:00Z","estate_id":"estate-2","municipality":"bakkelund","home_id":"7d8d9b73-bc13-46ab-8d77-0cd1e0371021","tenancy_id":"d9fe7ede-97fe-4918-8108-d8c9fdc84ac2","signals":["home.hoarding","self.neglect"],"severity":"acute","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"d9fe7ede-97fe-4918-8108-d8c9fdc84ac2","of":"c9f9baa3-a142-57a7-bc13-388635184a46/address","box":"J26Cw+EDypL1EKOUsBFWXPoFfDMcZgoNhcOzWBFUHDgs3aGTO0ZKtFsOCQ=="},"words":null,"estate_name":"Digterløkken"}', 'UTF8'), '2026-11-26 22:50:20.267119+00', '2026-11-26 22:50:20.357063+00'),
	(23, 9, 'brobygger.intake', '01a21a0d-7f40-761a-bc28-fafebe101bf1', '{"ce_id": "088337ac-f603-5f4d-a389-0276e9df43c9", "ce_time": "2026-03-10T09:00:00Z", "ce_type": "dk.brobygger.intake.observation_registered.v1", "ce_actor": "staff-caretaker-2", "ce_source": "/brobygger/bakkegaarden/intake", "ce_subject": "01a21a0d-7f40-761a-bc28-fafebe101bf1", "ce_actorrole": "caretaker", "content-type": "application/json", "ce_dataschema": "urn:dk:brobygger:intake:observation_registered:v1", "ce_association": "bakkegaarden", "ce_specversion": "1.0", "ce_traceparent": "00-3754a1ca5a95b89d0c0834d59181b54b-46fae35cc9289d75-00", "ce_partitionkey": "01a21a0d-7f40-761a-bc28-fafebe101bf1", "ce_recordedtime": "2026-03-10T09:00:00Z", "ce_correlationid": "01a21a0d-7f63-70a1-a926-79276e084dee", "ce_classification": "confidential"}', convert_to('{"observation_id":"01a21a0d-7f40-761a-bc28-fafebe101bf1","observer":"staff-caretaker-2","observed_at":"2026-03-10T09:00:00Z","estate_id":"estate-2","municipality":"bakkelund","home_id":"4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0","tenancy_id":"894d46d6-2155-45a2-82d0-6ac6d980ff31","signals":["home.hoarding","self.neglect"],"severity":"medium","consent_answer":"granted","consent_wording":"mundtlig-1","consent_scope":["office"],"address":{"subject":"894d46d6-2155-45a2-82d0-6ac6d980ff31","of":"d58f4af8-eabf-52c0-a3d2-fb676826daa2/address","box":"9WipAPX3bDhDosKzpJX2g2J9xU8PwDuCmqBhRExRTkC2SPAWlDEQYUY4uQ=="},"words":null,"estate_name":"Digterløkken"}', 'UTF8'), '2026-11-26 22:50:21.966141+00', '2026-11-26 22:50:22.036559+00');


--
-- Data for Name: parked; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.parked OVERRIDING SYSTEM VALUE VALUES
	(1, 'intake', '52857271456df31eb91d45352316672aa590aaa298818168e5cfb1a1ac6df6fe', 'erp.inbound', 2, 3, '2627cb32-ecd5-45e2-8e4d-552b80e2f59b', '[["ce_specversion", "MS4w"], ["ce_id", "ZDdkZDYyMjUtMDRiNC00MWM2LWFlMTEtMjdhZTFjOTVjMmFm"], ["ce_source", "L2Jyb2J5Z2dlci9iYWtrZWdhYXJkZW4vbGF0ZXI="], ["ce_type", "ZGsuYnJvYnlnZ2VyLmVycC50ZW5hbmN5X3N1YmxldC52MQ=="], ["ce_subject", "MjYyN2NiMzItZWNkNS00NWUyLThlNGQtNTUyYjgwZTJmNTli"], ["ce_time", "MjAyNi0wMy0xNlQwOTowMDowMCswMDowMA=="], ["ce_recordedtime", "MjAyNi0wMy0xNlQwOTowMDowMCswMDowMA=="], ["ce_association", "YmFra2VnYWFyZGVu"], ["content-type", "YXBwbGljYXRpb24vanNvbg=="]]', convert_to('{}', 'UTF8'), 'unknown-type', 'Beskedtypen kendes ikke her; opgradér denne tjeneste eller ret afsenderen, og prøv igen.', '2026-11-26 22:50:25.575179+00', 0, NULL);


--
-- Data for Name: relay_broker; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.relay_broker VALUES
	(true, 'bbh5x475CuOaFeVvWaS0hx4Q', '2026-11-26 22:49:43.933714+00');


--
-- Data for Name: relay_offsets; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.relay_offsets VALUES
	('brobygger.intake', 2, 7),
	('brobygger.intake', 0, 4),
	('brobygger.intake', 1, 9);


--
-- Data for Name: tenancies; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tenancies VALUES
	('f96b5bf8-7e31-454d-a52a-ca4662402487', 'bakkegaarden', '1f384af9-299b-418a-8cdd-16d49269645d', 'estate-1', '2026-03-03', NULL),
	('b92ee7b5-aba4-422d-a25f-c8f51601ca3e', 'bakkegaarden', 'f1494a96-4dfa-40fe-8cf7-7fe379844b1c', 'estate-1', '2026-03-03', NULL),
	('a372240c-9bcd-42ee-ad9c-1c323b3f9634', 'bakkegaarden', '4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0', 'estate-2', '2026-03-03', '2026-03-09'),
	('d38a28b0-db75-4598-a947-1e7a09f67e55', 'bakkegaarden', 'e888e5c9-c5c2-431b-b053-68a01d6f7719', 'estate-1', '2026-03-03', NULL),
	('b3899ff4-9041-4128-92f2-c846b96f69d1', 'bakkegaarden', '6956383d-6cbc-4977-93c1-5eee28599dad', 'estate-1', '2026-03-03', NULL),
	('c2ff1e88-743f-415b-af60-a2f90441791b', 'bakkegaarden', '1dcaf328-033d-4ada-9d7d-43a66fc3ee77', 'estate-1', '2026-03-03', NULL),
	('1ecd51c7-5280-4379-8738-db648a30e894', 'bakkegaarden', '32f3ed6d-d1c9-4194-ac39-80e8014aa855', 'estate-1', '2026-03-03', NULL),
	('d9fe7ede-97fe-4918-8108-d8c9fdc84ac2', 'bakkegaarden', '7d8d9b73-bc13-46ab-8d77-0cd1e0371021', 'estate-2', '2026-03-03', NULL),
	('894d46d6-2155-45a2-82d0-6ac6d980ff31', 'bakkegaarden', '4a4ddcdb-bff2-4e19-a8b8-82eb29f238b0', 'estate-2', '2026-03-10', NULL),
	('686dfb53-6881-4dbf-9d83-95cd98cdfa03', 'bakkegaarden', 'b2a5eeeb-eb35-4870-aba7-5d4730512c74', 'estate-1', '2026-03-03', NULL),
	('d82dbde5-da67-430b-b825-fbd523b27fa4', 'bakkegaarden', '8d82744a-5712-4ae3-bd59-c1dfc08d014c', 'estate-1', '2026-03-03', NULL),
	('6276c63a-09c6-4100-ac9f-a94c5c627f07', 'bakkegaarden', '6fd583e7-6e57-4c0d-955d-80426be6a09b', 'estate-1', '2026-03-03', NULL);


--
-- Name: access_log_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.access_log_position_seq', 1, false);


--
-- Name: events_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.events_position_seq', 78, true);


--
-- Name: inbox_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.inbox_position_seq', 166, true);


--
-- Name: outbox_position_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.outbox_position_seq', 24, true);


--
-- Name: parked_id_seq; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.parked_id_seq', 1, true);


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
-- Name: estates estates_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.estates
    ADD CONSTRAINT estates_pkey PRIMARY KEY (association, estate_id);


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
-- Name: homes homes_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.homes
    ADD CONSTRAINT homes_pkey PRIMARY KEY (home_id);


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
-- Name: observation_tellings observation_tellings_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.observation_tellings
    ADD CONSTRAINT observation_tellings_pkey PRIMARY KEY (observation_id, milestone);


--
-- Name: observations observations_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.observations
    ADD CONSTRAINT observations_pkey PRIMARY KEY (observation_id);


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
-- Name: tenancies tenancies_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tenancies
    ADD CONSTRAINT tenancies_pkey PRIMARY KEY (tenancy_id);


--
-- Name: access_log_about; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX access_log_about ON public.access_log USING btree (about, "position") WHERE (about IS NOT NULL);


--
-- Name: access_log_at; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX access_log_at ON public.access_log USING btree (at);


--
-- Name: homes_of_estate; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX homes_of_estate ON public.homes USING btree (association, estate_id);


--
-- Name: inbox_in_order; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX inbox_in_order ON public.inbox USING btree ("position");


--
-- Name: observation_of_case; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX observation_of_case ON public.observations USING btree (case_id) WHERE (case_id IS NOT NULL);


--
-- Name: observations_of_observer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX observations_of_observer ON public.observations USING btree (association, observer, received_at DESC, observation_id DESC);


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
-- Name: tenancies_of_home; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX tenancies_of_home ON public.tenancies USING btree (home_id, started_on);


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
