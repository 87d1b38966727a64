"""What the environment says, read once into one frozen object.

Every name starts with ``PCC_``. A wrong value, or a missing one in production, stops the start and
is named.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

MIB = 1024 * 1024


class Settings(BaseSettings):
    """The configuration of one running portal."""

    model_config = SettingsConfigDict(env_prefix="PCC_", frozen=True, extra="ignore")

    environment: Literal["demo", "production"] = "demo"
    data_dir: Path = Path("var")
    database_url: str = ""
    public_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8321, ge=1, le=65535)
    master_key: SecretStr = SecretStr("")
    refusals_a_minute: int = Field(default=300, ge=30)
    sends_an_hour: int = Field(default=120, ge=10)
    trusted_proxy_hops: int = Field(default=0, ge=0, le=5)
    upload_limit_bytes: int = Field(default=10 * MIB, ge=MIB, le=50 * MIB)

    @model_validator(mode="after")
    def _complete_in_production(self) -> Settings:
        if self.environment == "production":
            missing = [
                f"PCC_{name.upper()}"
                for name, value in (
                    ("database_url", self.database_url),
                    ("public_url", self.public_url),
                    ("master_key", self.master_key.get_secret_value()),
                )
                if not value
            ]
            if missing:
                raise ValueError("in production these must be set: " + ", ".join(missing))
            if not self.secure:
                raise ValueError(
                    "PCC_PUBLIC_URL must begin with https:// in production: without TLS the session cookie "
                    "and health data cross the network in clear"
                )
        return self

    @cached_property
    def database(self) -> str:
        """The async SQLAlchemy address; an embedded SQLite under the data folder when none is set."""
        url = self.database_url or f"sqlite:///{self.data_dir.resolve() / 'portal.db'}"
        for plain, driver in (
            ("sqlite://", "sqlite+aiosqlite://"),
            ("postgresql://", "postgresql+psycopg://"),
            ("postgres://", "postgresql+psycopg://"),
        ):
            if url.startswith(plain):
                return url.replace(plain, driver, 1)
        return url

    @property
    def origin(self) -> str:
        """The scheme, host and port under which browsers reach the portal."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        """Whether browsers reach the portal over TLS, so that cookies can carry ``Secure``."""
        return self.origin.startswith("https://")


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The settings of this process."""
    return Settings()
