# One image for every part of the site. See compose.yaml for how the parts fit together.

FROM python:3.11-slim AS packages
RUN python -m venv /venv
COPY requirements.txt .
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt


FROM python:3.11-slim
# Text goes to the log at once; the folder for data is outside the code.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PATH=/venv/bin:$PATH DATA_DIR=/data HOST=0.0.0.0 PORT=8000
# For backups: the first copies the database, the second encrypts.
RUN apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-client age && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /data sendguide && install -d -o sendguide /data /data/media
COPY --from=packages /venv /venv
WORKDIR /site
COPY . .
USER sendguide
# Static files belong to the image, uploads (/data/media) to a volume. This key signs nothing and is not kept.
RUN SECRET_KEY=only-for-this-step python manage.py collectstatic --no-input --verbosity 0
VOLUME /data/media
EXPOSE 8000
# Asked by the site's own name: other names are refused.
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-m", "sendguide.healthcheck"]
CMD ["gunicorn", "--config", "python:sendguide.gunicorn", "sendguide.wsgi"]
