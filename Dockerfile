# One image for every service; which service and which role are its arguments:
#   docker run … brobygger services.cases relay
ARG PYTHON=python:3.11-slim

FROM ${PYTHON} AS built
WORKDIR /app
RUN python -m venv /venv
COPY requirements-runtime.lock .
# Wheels only, each by its hash: nothing is compiled, nothing comes in that the lock does not name.
RUN /venv/bin/pip install --no-cache-dir --require-hashes --no-deps --only-binary :all: -r requirements-runtime.lock
COPY shared shared
COPY services services
# Of what runs on one machine only the catcher of mails is wanted here.
COPY local/__init__.py local/mailbox.py local/
COPY local/templates local/templates
# The file system is read-only when it runs, so the compiled modules have to be there before.
RUN /venv/bin/python -m compileall -q --invalidation-mode unchecked-hash shared services local

FROM ${PYTHON}
RUN groupadd --gid 10001 brobygger && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin brobygger
COPY --from=built /venv /venv
COPY --from=built /app /app
COPY deploy/ready /usr/local/bin/
ENV PATH=/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 PYTHONFAULTHANDLER=1
WORKDIR /app
USER 10001:10001
ENTRYPOINT ["python", "-m"]
